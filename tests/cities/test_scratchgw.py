import time
from tests.cities import test_gwangju as o
from tests.cities.test_gwangju import *
def _timed(name, f):
    def g(*a, **k):
        t=time.process_time(); w=time.time(); r=f(*a, **k)
        open('/tmp/cityplay/timesg.log','a').write(f"{name} {time.process_time()-t:.1f} wall {time.time()-w:.1f}\n"); return r
    return g
for m in (o.attending,o.rating,o.reporting,o.owning,o.adjusting,o.closing,o.appealing):
    for n in ("all_sign_up","attendance","sign_up","all_rate","all_report","all_hand_in","all_are_viewed","all_give","all_adjust","all_decide_absences","closes","announces","takes_workbook","appeals","dismisses"):
        if hasattr(m,n): setattr(m,n,_timed(m.__name__.split('.')[-1]+"."+n,getattr(m,n)))
o.standings=_timed("standings",o.standings)
test_the_year=o.test_the_year_of_gwangju
del globals()['test_the_year_of_gwangju']
