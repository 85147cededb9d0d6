from . import (
    rule_values,
    review,
    rating_law,
)
