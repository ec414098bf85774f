import time
from collections import defaultdict
import tests.cities.test_bucheon as o
T=defaultdict(float)
def timed(name, f):
    def g(*a, **k):
        t=time.process_time()
        try: return f(*a, **k)
        finally: T[name]+=time.process_time()-t
    return g
for m in (o.attending,o.attending_by_verbs,o.rating,o.rating_by_verbs,o.reporting,o.reporting_in_bulk,o.owning,o.adjusting,o.closing,o.surveying):
    for n in ("all_sign_up","attendance","sign_up","all_rate","report_one","report","all_give","all_adjust","closes","announces","takes_workbook","hands_in"):
        if hasattr(m,n): setattr(m,n,timed(m.__name__.split('.')[-1]+"."+n,getattr(m,n)))
o.standings=timed("standings",o.standings)
o.standings_in=timed("standings_in",o.standings_in)
def test_it(database,tmp_path):
    o.test_the_year_of_bucheon(database,tmp_path)
    for k,v in sorted(T.items(), key=lambda x:-x[1]): print(k, round(v,2))
