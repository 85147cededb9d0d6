from . import (
    paper_failing,
    paper_placing,
)
