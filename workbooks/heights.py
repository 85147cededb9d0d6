"""Row heights of a filled form: LibreOffice gives a row without one a single line."""

from .cells import lines_of
from .xml_text import tags

_LINE = 1.28  # of the font's size
_NARROW = 11  # size of the letters that a column's width is counted in
_WIDTH, _HEIGHT = 8.43, 15  # of a column and a row that say nothing
_MOST = 400  # columns; a damaged file may name columns without end


class Heights:
    """How high rows of a sheet must be for their wrapped texts.

    A row is only made higher, never lower than the form has it.

    :param head: the sheet's text above its rows
    :param merges: ``(first row, first column, last row, last column)`` each
    """

    def __init__(self, head, merges):
        self._widths, self._width, self.default = {}, _WIDTH, _HEIGHT
        for tag in tags(head):
            if tag.name == "col":
                last = min(int(tag.get("max", 0)), _MOST)
                for column in range(int(tag.get("min", last)), last + 1):
                    self._widths[column] = float(tag.get("width", _WIDTH))
            elif tag.name == "sheetFormatPr":
                self._width = float(tag.get("defaultColWidth", _WIDTH))
                self.default = float(tag.get("defaultRowHeight", _HEIGHT))
        self._merged = {(row, left): right for row, left, _last, right in merges}

    def needed(self, row, column, text, look):
        """Points that the text of a cell takes, 0 where it is one line.

        :param row: of the form as it came, or the row that a new one is like
        :param look: a :class:`.styles.Look`
        """
        if not isinstance(text, str) or not look.wraps:
            return 0
        width = self._width_of(row, column) * _NARROW / look.size
        lines = lines_of(text, width)
        return lines * look.size * _LINE if lines > 1 else 0

    def _width_of(self, row, column):
        last = self._merged.get((row, column), column)
        columns = range(column, min(last, _MOST) + 1)
        return sum(self._widths.get(number, self._width) for number in columns)
