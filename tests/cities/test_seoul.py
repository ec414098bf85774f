import time
from datetime import datetime
from pathlib import Path
from models.clock import SEOUL
from models.store import Database
from tests.cities import rating, attending, owning, adjusting, closing, reporting, rating_by_verbs, attending_by_verbs
from tests.cities.place import Place
CHAT = ("B04", "B09", "D0401", "D0402", "D0901", "B22", "D2204", "B08")
OFFICE = "S-0003"
class T:
    def __init__(self): self.t=time.process_time()
    def __call__(self, what):
        n=time.process_time(); print(f"{what}: {n-self.t:.2f}", flush=True); self.t=n

def test_the_year(database: Database, tmp_path: Path) -> None:
    t=T()
    place = Place.begin("seoul-2019", database, tmp_path, datetime(2019, 3, 25, 9, tzinfo=SEOUL))
    t("begin")
    few = CHAT.__contains__
    print(attending.all_sign_up(place, "2019", "SPRING", few)); t("sign up")
    rest = [r for r in attending.rows_of(place.name, "2019", "SPRING") if not few(r["부서"])]
    attending_by_verbs.sign_up(place, rest); t("sign up verbs")
    place.at(2019, 4, 17, 18)
    print(attending.attendance(place, "2019", "SPRING", OFFICE, few)); t("attend")
    attending_by_verbs.attendance(place, rest); t("attend verbs")
    place.town.time_goes_on(); t("due")
    place.at(2019, 4, 22)
    print(adjusting.all_decide_absences(place, "2019", "INST", "S-0003")); t("decide")
    place.at(2019, 6, 3)
    print(rating.all_rate(place, "2019", "PRIOR")); t("PRIOR")
    place.at(2019, 7, 10)
    few2 = lambda c: c in ("D0401", "D0402")
    print(reporting.all_report(place, "H1", "2019", few2)); t("H1 reports")
    place.at(2019, 8, 1)
    print(rating_by_verbs.all_rate(place, "2019", "P-QUAL", "H1")); t("P-QUAL")
