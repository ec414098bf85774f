from tests.cities.test_hanam import *
import tests.cities.test_hanam as th
import time
del test_the_year_of_hanam, test_a_team_of_five_is_refused
def test_x(database, tmp_path):
    def timed(f):
        def g(*a):
            n=time.process_time(); f(*a); print(f.__name__, round(time.process_time()-n,2), flush=True)
        return g
    for name in ("teams_are_prepared_and_travel","cases_are_reported","the_panel_rates","cases_are_shared_and_adopted","active_officials_are_rated","results_are_out","the_year_ends_with_a_report"):
        setattr(th,name,timed(getattr(th,name)))
    th.test_the_year_of_hanam(database,tmp_path)
