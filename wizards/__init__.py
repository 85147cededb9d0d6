from . import (
    base,
    law,
    dossier,
    review,
    hand_in,
    findings,
    result,
    urging,
    screens,
    books,
    keeping,
)
