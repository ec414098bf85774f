from tests.kit.served_city import city, city_made, mishaps, served

__all__ = ["city", "city_made", "mishaps", "served"]
