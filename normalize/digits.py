"""The two sets of digits of Thai print, as translation tables (str.translate; lengths stay)."""

THAI, ARABIC = "๐๑๒๓๔๕๖๗๘๙", "0123456789"
TO_ARABIC = str.maketrans(THAI, ARABIC)
TO_THAI = str.maketrans(ARABIC, THAI)
