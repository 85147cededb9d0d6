"""What Nghị định 30/2020/NĐ-CP asks of a printed paper, read off its PDF.

Each check cites the element (ô) of Phụ lục I it measures. Papers of the Party have
checks of their own (Hướng dẫn 36-HD/VPTW).
"""

import re
import unicodedata
from dataclasses import dataclass, field

from . import pdf_page
from .pdf_page import MM

A4 = (595.28, 841.89)
TOP = BOTTOM = 20 * MM
LEFT, RIGHT = 30 * MM, 15 * MM
INDENTS = (28.35, 36.0)
FONTS = re.compile(r"^(Tinos|Times|LiberationSerif)")
# kerning stands in the file in whole thousandths, which adds up over a long line
ROUNDING = 2.5
END = "./."


@dataclass(frozen=True)
class Line:
    """Words that stand side by side, as one reads them."""

    text: str
    left: float
    right: float
    y: float
    size: float
    styles: frozenset

    @property
    def style(self):
        """``""``, ``Bold``, ``Italic``, ``Bold-Italic``; None where it changes."""
        return next(iter(self.styles)) if len(self.styles) == 1 else None


@dataclass
class Page:
    """One printed page: its lines from top to bottom, without the page number."""

    width: float
    height: float
    lines: list
    numbers: list
    rules: list
    runs: list = field(repr=False, default_factory=list)


def style_of(font):
    """Bold, Italic, Bold-Italic, or nothing, of a font's name."""
    return "-".join(part for part in ("Bold", "Italic") if part in font)


def pages_of(pdf):
    """The pages of a PDF as they are read.

    :param pdf: a pypdf reader
    :rtype: list[Page]
    """
    found = []
    for page in pdf.pages:
        runs, rules = pdf_page.read(page)
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        runs = [run for run in runs if run.text.strip()]
        numbers = [run for run in runs if run.y > height - TOP]
        rest = [run for run in runs if run.y <= height - TOP]
        found.append(Page(width, height, _lines(rest), numbers, rules, rest))
    return found


def _rows(runs):
    """Lists of runs that stand on one baseline, from top to bottom, left to right."""
    rows = []
    for run in sorted(runs, key=lambda r: -r.y):
        if not rows or rows[-1][0].y - run.y > 0.6:
            rows.append([])
        rows[-1].append(run)
    return [sorted(row, key=lambda r: r.left) for row in rows]


def _lines(runs):
    lines = []
    for run in (run for row in _rows(runs) for run in row):
        last = lines[-1] if lines else None
        touches = last and abs(last.y - run.y) < 0.6 and abs(run.left - last.right) < 4
        if touches:
            lines[-1] = Line(
                last.text + run.text,
                last.left,
                run.right,
                last.y,
                max(last.size, run.size),
                last.styles | {style_of(run.font)},
            )
        else:
            lines.append(
                Line(
                    run.text,
                    run.left,
                    run.right,
                    run.y,
                    run.size,
                    frozenset({style_of(run.font)}),
                )
            )
    return lines


class Checker:
    """Collects what is wrong with one paper; ``faults`` are sentences.

    :param pdf: a pypdf reader
    :param what: dataclass that says which elements the paper has, see
        :class:`.paper_samples.Sample`
    """

    def __init__(self, pdf, what):
        self.pages = pages_of(pdf)
        self.what = what
        self.faults = []

    def check(self):
        """All checks that this kind of paper is held to."""
        self.sheet()
        self.margins()
        self.page_numbers()
        self.fonts()
        self.overlaps()
        self.letters()
        if self.what.head == "state":
            self.state_head()
            self.issuer_rule()
        elif self.what.head == "party":
            self.party_head()
        if self.what.head:
            self.number_line()
        self.title()
        self.bases()
        self.recipients()
        self.ending()
        return self.faults

    def fault(self, text, *values):
        self.faults.append(text % values if values else text)

    def expect(self, met, text, *values):
        if not met:
            self.fault(text, *values)
        return met

    # -- 5.1 Page ------------------------------------------------------

    def sheet(self):
        """A4, upright or, for tables, across."""
        for no, page in enumerate(self.pages, start=1):
            size = (page.width, page.height)
            self.expect(
                any(
                    abs(size[0] - wanted[0]) <= 1 and abs(size[1] - wanted[1]) <= 1
                    for wanted in (A4, A4[::-1])
                ),
                "page %s is %s × %s points, not A4",
                no,
                *size,
            )
            if not self.what.wide:
                self.expect(size[0] < size[1], "page %s lies across", no)
        if self.what.wide:
            self.expect(
                any(page.width > page.height for page in self.pages),
                "no page lies across",
            )

    def margins(self):
        """20 mm above and below, 30 left, 15 right: nothing is printed in them."""
        for no, page in enumerate(self.pages, start=1):
            right = page.width - RIGHT + ROUNDING
            for run in page.runs:
                if run.left < LEFT - 0.1 or run.right > right or run.y < BOTTOM:
                    self.fault(
                        "page %s: “%s” stands in the margin (%.1f to %.1f, %.1f)",
                        no,
                        run.text[:40],
                        run.left,
                        run.right,
                        run.y,
                    )
            for left, end, y in page.rules:
                self.expect(
                    left >= LEFT - 1 and end <= right and y >= BOTTOM - 1,
                    "page %s: a rule runs into the margin (%.1f to %.1f, %.1f)",
                    no,
                    left,
                    end,
                    y,
                )

    def page_numbers(self):
        """None on the first page, from the second on centred above the text, upright,
        13–14; an annex begins again."""
        count = 0
        for no, page in enumerate(self.pages, start=1):
            starts = no == 1 or any(
                line.text.strip().startswith("Phụ lục") for line in page.lines[:1]
            )
            texts = [run.text.strip() for run in page.numbers]
            if starts:
                count = 1
                self.expect(not texts, "page %s is numbered %s", no, texts)
                continue
            count += 1
            if not self.expect(
                texts == [str(count)], "page %s is numbered %s", no, texts
            ):
                continue
            [number] = page.numbers
            middle = (number.left + number.right) / 2
            self.expect(
                abs(middle - page.width / 2) <= 3, "the number of page %s is aside", no
            )
            self.expect(
                13 <= number.size <= 14 and not style_of(number.font),
                "the number of page %s is %s %s",
                no,
                number.size,
                number.font,
            )

    def fonts(self):
        """One family, 11 to 14."""
        for no, page in enumerate(self.pages, start=1):
            for run in page.runs + page.numbers:
                self.expect(FONTS.match(run.font), "page %s prints in %s", no, run.font)
                self.expect(
                    11 <= run.size <= 14,
                    "page %s: “%s” is %s points",
                    no,
                    run.text[:40],
                    run.size,
                )

    def overlaps(self):
        """No words are printed over others."""
        for no, page in enumerate(self.pages, start=1):
            for row in _rows(page.runs):
                for before, run in zip(row, row[1:], strict=False):
                    self.expect(
                        run.left >= before.right - ROUNDING,
                        "page %s: “%s” is printed over “%s”",
                        no,
                        run.text[:40],
                        before.text[:40],
                    )

    def letters(self):
        """Vietnamese comes out of the file as composed Unicode, nothing is lost."""
        for no, page in enumerate(self.pages, start=1):
            text = "".join(run.text for run in page.runs)
            self.expect(
                text == unicodedata.normalize("NFC", text)
                and "\ufffd" not in text
                and "\0" not in text,
                "page %s: letters are lost or not composed",
                no,
            )

    # -- 5.2 Elements --------------------------------------------------

    def find(self, pattern, pages=None):
        """The lines that begin so, with the number of their page."""
        pages = self.pages if pages is None else pages
        return [
            (no, line)
            for no, page in enumerate(pages, start=1)
            for line in page.lines
            if re.match(pattern, line.text.strip())
        ]

    def one(self, pattern):
        """The one line of the first page that begins so."""
        found = self.find(pattern, self.pages[:1])
        if self.expect(len(found) == 1, "“%s” stands %s times", pattern, len(found)):
            return found[0][1]
        return None

    def looks(self, line, style, least, most):
        self.expect(
            line.style == style and least <= line.size <= most,
            "“%s” is %s %s",
            line.text[:40],
            line.size,
            line.styles,
        )

    def state_head(self):
        """Ô 1: quốc hiệu, tiêu ngữ with a rule as long as the line."""
        country = self.one(r"CỘNG HÒA XÃ HỘI")
        motto = self.one(r"Độc lập - Tự do")
        if not country or not motto:
            return
        self.looks(country, "Bold", 12, 13)
        self.looks(motto, "Bold", 13, 14)
        rule = self.rule_under([motto], 8)
        if self.expect(rule, "no rule under the motto"):
            length, wanted = rule[1] - rule[0], motto.right - motto.left
            self.expect(
                abs(length - wanted) <= 0.05 * wanted,
                "the rule under the motto is %.1f long, the line %.1f",
                length,
                wanted,
            )

    def head_of_issuer(self):
        """Ô 2: the lines left of quốc hiệu."""
        [page] = self.pages[:1]
        marks = r"(CỘNG HÒA|ĐẢNG CỘNG SẢN)"
        [first, *_others] = self.find(marks, [page]) or [None]
        if not first:
            return []
        # the head ends where the number, or the title in the middle, begins
        end = self.find(r"(Số\b|V/v|\*$)", [page])
        if self.what.title:
            end += self.find(re.escape(self.what.title), [page])[:1]
        floor = max(
            (line.y for _no, line in end if line.y < first[1].y),
            default=first[1].y - 100,
        )
        return [
            line
            for line in page.lines
            if floor < line.y <= first[1].y + 1 and line.right < first[1].left
        ]

    def issuer_rule(self):
        """Ô 2: bold capitals under what it belongs to; a rule of a third to a half."""
        lines = [line for line in self.head_of_issuer() if line.text.strip()]
        if not self.expect(lines, "no issuer"):
            return
        for line in lines:
            self.expect(
                line.text == line.text.upper() and 12 <= line.size <= 13,
                "“%s” is no head",
                line.text[:40],
            )
        bold = [line for line in lines if line.style == "Bold"]
        if not self.expect(bold, "the issuer is not bold"):
            return
        self.expect(
            lines[: len(lines) - len(bold)] == [x for x in lines if x not in bold],
            "the body above the issuer stands below it",
        )
        rule = self.rule_under(bold, 10)
        if self.expect(rule, "no rule under the issuer"):
            self.share(rule, bold, "issuer")

    def share(self, rule, lines, whose):
        wide = max(line.right - line.left for line in lines)
        share = (rule[1] - rule[0]) / wide
        self.expect(
            0.33 <= share <= 0.505, "the rule of the %s is %.2f of it", whose, share
        )
        middle = (min(x.left for x in lines) + max(x.right for x in lines)) / 2
        self.expect(
            abs(middle - (rule[0] + rule[1]) / 2) <= 4, "its rule is aside: %s", whose
        )

    def rule_under(self, lines, room):
        """The rule of the first page that stands close under the last of these lines,
        within their width."""
        left, right = min(x.left for x in lines), max(x.right for x in lines)
        for rule in self.pages[0].rules:
            if (
                0 < lines[-1].y - rule[2] <= room
                and rule[0] >= left - 5
                and rule[1] <= right + 5
            ):
                return rule
        return None

    def number_line(self):
        """Ô 3 and 4: on one baseline; minutes and forms have no place and date."""
        numbers = self.find(r"Số\b[:\s]", self.pages[:1])
        head = [line for _no, line in numbers if line.left < self.pages[0].width / 2]
        head = head[:1] if self.what.numbered else head
        if not self.what.numbered:
            self.expect(
                not any(line.text.strip().startswith("Số:") for line in head),
                "has a number",
            )
            return
        if not self.expect(head, "has no number"):
            return
        [number] = head
        party = self.what.head == "party"
        self.looks(number, "", 13, 14 if party else 13)
        wanted = r"Số\s+(\d{2,}|\s*)-[A-ZĐ]+/" if party else r"Số:\s*(\d{2,}\S*|)\s*/"
        self.expect(
            re.match(wanted, number.text.strip().replace("\xa0", " ")),
            "“%s” is no number",
            number.text,
        )
        beside = [
            line
            for line in self.pages[0].lines
            if line != number and abs(line.y - number.y) <= 2
        ]
        if not self.what.dated:
            self.expect(not beside, "has place and date beside the number")
        elif self.expect(len(beside) == 1, "no place and date beside the number"):
            self.looks(beside[0], "Italic", 13, 14)
            # a long place takes more than one line
            words = " ".join(
                line.text
                for line in self.pages[0].lines
                if line.style == "Italic" and line.y <= number.y + 2
            )
            self.expect(
                re.search(r", +ngày.*tháng.*năm", words), "“%s” is no date", words[:60]
            )

    def party_head(self):
        """The Party's head: no quốc hiệu; a star; no “TM.” and no “KT.”."""
        party = self.one(r"ĐẢNG CỘNG SẢN VIỆT NAM")
        if party:
            self.looks(party, "Bold", 13, 15)
            self.expect(self.rule_under([party], 10), "no rule under the Party's name")
        self.one(r"\*$")
        for words in (r"CỘNG HÒA XÃ HỘI", r"Độc lập - Tự do", r"TM\.", r"KT\."):
            self.expect(not self.find(words), "a Party paper says %s", words)

    def title(self):
        """Ô 5a: kind and content bold, centred, 13–14, with a rule of a third to a
        half; ô 5b: “V/v” 12–13 upright."""
        for _no, line in self.find(r"V/v ", self.pages[:1]):
            self.looks(line, "", 12, 13)
        if not self.what.title:
            return
        found = self.find(re.escape(self.what.title), self.pages[:1])
        if not self.expect(found, "“%s” is not its title", self.what.title):
            return
        title = found[0][1]
        self.looks(title, "Bold", 13, 14)
        width = self.pages[0].width
        middle = (LEFT + width - RIGHT) / 2
        self.expect(
            abs((title.left + title.right) / 2 - middle) <= 4, "the title is aside"
        )
        if not self.what.ruled:
            return
        below = []
        for line in self.pages[0].lines[self.pages[0].lines.index(title) + 1 :]:
            centred = abs((line.left + line.right) / 2 - middle) <= 4
            if line.style != "Bold" or not centred:
                break
            below.append(line)
        below = below or [title]
        rule = self.rule_under(below, 12)
        if self.expect(rule, "no rule under what the paper is about"):
            self.share(rule, below, "title")

    def bases(self):
        """Ô 6: căn cứ in italics, 13–14, each closed by a semicolon or comma."""
        for no, line in self.find(r"Căn cứ "):
            if line.left > LEFT + 60 or line.style == "":
                continue  # in the course of a sentence
            self.expect(
                line.styles <= {"Italic"} and 13 <= line.size <= 14,
                "page %s: “%s” is no legal basis",
                no,
                line.text[:40],
            )

    def recipients(self):
        """Ô 9b: level with the signature, 12 bold italic; the list 11, upright, each
        with a dash, the last “Lưu”."""
        found = self.find(r"Nơi nhận:")
        if self.what.many:
            return
        if not self.what.recipients:
            self.expect(not found, "has recipients")
            return
        if not self.expect(len(found) == 1, "has %s times recipients", len(found)):
            return
        no, head = found[0]
        self.looks(head, "Bold-Italic", 12, 12)
        page = self.pages[no - 1]
        rest = page.lines[page.lines.index(head) + 1 :]
        items = [line for line in rest if line.left < LEFT + 20]
        if not self.expect(items, "“Nơi nhận” has no list"):
            return
        for line in items:
            self.looks(line, "", 11, 11)
        firsts = [line for line in items if line.text.startswith("-")]
        self.expect(
            firsts and re.match(r"- ?Lưu", firsts[-1].text), "the last is not “Lưu”"
        )
        self.expect(items[-1].text.rstrip().endswith("."), "the list is not closed")
        for before, after in zip(items, items[1:], strict=False):
            if after in firsts:
                self.expect(
                    before.text.rstrip().endswith(";"), "“%s” is open", before.text
                )

    def ending(self):
        """“./.” once, before the signature, which does not stand alone on a page."""
        if self.what.many:
            return
        text = "\n".join(line.text for page in self.pages for line in page.lines)
        count = text.count(END)
        if self.what.ends:
            self.expect(count == 1, "“./.” stands %s times", count)
        if not self.what.signed:
            return
        found = self.find(self.what.signed)
        if not self.expect(found, "nobody signs as “%s”", self.what.signed):
            return
        no, signature = found[-1]
        self.expect(
            signature.styles <= {"Bold"} and 13 <= signature.size <= 14,
            "“%s” is %s",
            signature.text,
            signature.styles,
        )
        page = self.pages[no - 1]
        above = [line for line in page.lines if line.y > signature.y + 2]
        self.expect(above, "the signature stands alone on page %s", no)
        if self.what.ends:
            ends = [
                (at, line)
                for at, other in enumerate(self.pages, start=1)
                for line in other.lines
                if END in line.text
            ]
            for at, line in ends:
                self.expect(
                    at < no or at == no and line.y > signature.y,
                    "“./.” stands below the signature",
                )

    # -- body ----------------------------------------------------------

    def body(self, text):
        """Ô 6: a long paragraph of the body is justified, indented by 1 or 1.27 cm,
        at least 6 points from the one before, single to one and a half spaced.

        :param str text: the paragraph that was written several times in a row
        """
        words = " ".join(text.split())
        for page in self.pages:
            inner = page.width - RIGHT
            previous = None
            for line in page.lines:
                shown = " ".join(line.text.split())
                if len(shown) < 30 or shown not in words or line.size < 13:
                    previous = None
                    continue
                first, last = words.startswith(shown), words.endswith(shown)
                start = line.left - LEFT
                self.expect(
                    any(abs(start - indent) <= 0.5 for indent in INDENTS)
                    if first
                    else abs(start) <= 0.5,
                    "“%s” is indented by %.1f",
                    shown[:40],
                    start,
                )
                if not last:
                    self.expect(
                        abs(line.right - inner) <= 3, "“%s” is ragged", shown[:40]
                    )
                if previous:
                    self.spacing(previous.y - line.y, line, first)
                previous = line

    def spacing(self, apart, line, first):
        single = 1.15 * line.size
        gap = apart - 6 if first else apart
        self.expect(
            gap >= single - 0.6,
            "“%s” stands %.1f below the line before",
            line.text[:40],
            apart,
        )
        if not first:
            self.expect(
                apart <= 1.5 * single + 0.5, "“%s” is %.1f apart", line.text[:40], apart
            )
