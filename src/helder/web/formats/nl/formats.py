"""Days and times on Dutch pages: short, and read one way only (6 aug 2025 14:20)."""

DATE_FORMAT = "j b Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j b Y H:i"
YEAR_MONTH_FORMAT = "F Y"
