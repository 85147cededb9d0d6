"""The levels as Odoo selections; their labels on paper come from the regulation."""

LEVELS = [
    ("excellent", "Excellent completion of duties"),
    ("good", "Good completion of duties"),
    ("completed", "Completion of duties"),
    ("failed", "Failure to complete duties"),
]
# where the columns are narrow
SHORT_LEVELS = [
    ("excellent", "Excellent"),
    ("good", "Good"),
    ("completed", "Completed"),
    ("failed", "Not Completed"),
]
OUTCOMES = LEVELS + [
    ("unrated", "Not rated by law"),
    ("pending", "Not rated yet"),
    ("elsewhere", "Rated elsewhere"),
]
