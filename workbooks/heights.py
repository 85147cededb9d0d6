"""Row heights of a filled form: LibreOffice gives a row without one a single line."""

from .cells import lines_of

_LINE = 1.28  # of the font's size
_NARROW = 11  # size of the letters that a column's width is counted in
_WIDTH, _HEIGHT = 8.43, 15  # of a column and a row that say nothing


class Heights:
    """Makes rows of a sheet of openpyxl as high as their wrapped texts need.

    A row is only made higher, never lower than the form has it.
    """

    def __init__(self, sheet):
        self._sheet = sheet
        self._widths = {}
        for dimension in sheet.column_dimensions.values():
            # a damaged file may name columns without end
            last = min(dimension.max or 0, sheet.max_column)
            for column in range(dimension.min or last, last + 1):
                self._widths[column] = dimension.width
        self._merged = {
            (r.min_row, r.min_col): r.max_col for r in sheet.merged_cells.ranges
        }
        self._default = sheet.sheet_format.defaultColWidth or _WIDTH

    def fit(self, row):
        needed = max(map(self._needed, self._sheet[row]), default=0)
        dimension = self._sheet.row_dimensions[row]
        own = dimension.height or self._sheet.sheet_format.defaultRowHeight or _HEIGHT
        if needed > own:
            dimension.height = needed

    def _needed(self, cell):
        """Points that the text of a cell takes, 0 where it is one line."""
        if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
            return 0
        size = cell.font.sz or _NARROW
        lines = lines_of(cell.value, self._width(cell) * _NARROW / size)
        return lines * size * _LINE if lines > 1 else 0

    def _width(self, cell):
        last = self._merged.get((cell.row, cell.column), cell.column)
        columns = range(cell.column, last + 1)
        return sum(self._widths.get(column, self._default) for column in columns)
