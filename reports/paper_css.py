"""What a paper's own style sheet says of each of its elements.

Word knows no style sheets: what the PDF engine reads off the paper's ``<style>`` is
read here for it, so that there is one set of templates and one set of measures.
"""

import re

import cssselect2
import tinycss2

# properties that the papers use, with the value where none is given; those handed
# down to what stands inside an element are marked
INHERITED = {
    "font-size": "14pt",
    "font-weight": "normal",
    "font-style": "normal",
    "text-align": "left",
    "text-indent": "0",
    "text-transform": "none",
}
OWN = {
    "margin-top": "0",
    "margin-bottom": "0",
    "padding-left": "0",
    "padding-top": "0",
    "width": "auto",
    "height": "auto",
    "border": "none",
    "border-bottom": "",
    "page": "auto",
    "page-break-inside": "auto",
    "page-break-before": "auto",
    "break-before": "auto",
    "break-after": "auto",
    "vertical-align": "top",
    "display": "",
    "list-style": "",
    "text-decoration": "none",
}
# of the browser's own sheet, what the papers leave to it
DEFAULTS = """
b, strong, h1, h2, h3, h4, h5, h6 { font-weight: bold }
i, em { font-style: italic }
u { text-decoration: underline }
th { font-weight: bold; text-align: center }
"""
_UNITS = {"pt": 1, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "px": 0.75}
_LENGTH = re.compile(r"^(-?[\d.]+)(pt|mm|cm|in|px)$")


def points(value, default=0.0):
    """A length in points; the default where it is none (a share, ``auto``)."""
    if value == "0":
        return 0.0
    found = _LENGTH.match(value or "")
    return float(found[1]) * _UNITS[found[2]] if found else default


def share(value):
    """A percentage as a fraction, or None."""
    return float(value[:-1]) / 100 if (value or "").endswith("%") else None


class Styles:
    """Values of the properties above, for each element of a document.

    :param root: lxml element of the whole document
    """

    def __init__(self, root):
        sheets = [DEFAULTS, *(style.text or "" for style in root.iter("style"))]
        self._matcher = cssselect2.Matcher()
        for sheet in sheets:
            rules = tinycss2.parse_stylesheet(
                sheet, skip_comments=True, skip_whitespace=True
            )
            for rule in rules:
                if rule.type == "qualified-rule":
                    self._add(rule)
        self._values = {}
        wrapper = cssselect2.ElementWrapper.from_html_root(root)
        for element in wrapper.iter_subtree():
            self._values[element.etree_element] = self._compute(element)

    def __getitem__(self, element):
        return self._values[element]

    def _add(self, rule):
        declared = _declarations(rule.content)
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return
        for selector in selectors:
            if selector.pseudo_element is None:
                self._matcher.add_selector(selector, declared)

    def _compute(self, element):
        parent = element.parent and self._values[element.parent.etree_element]
        values = {**OWN, **INHERITED}
        if parent:
            values |= {name: parent[name] for name in INHERITED}
        found = [part[-1] for part in self._matcher.match(element)]
        inline = element.etree_element.get("style")
        if inline:
            found.append(_declarations(inline))
        for important in (False, True):
            for declared in found:
                for name, (value, is_important) in declared.items():
                    if is_important == important and name in values:
                        if value == "inherit":
                            value = parent[name] if parent else values[name]
                        values[name] = value
        return values


def _declarations(source):
    """``{property: (value, whether it is important)}``, shorthands taken apart."""
    found = {}
    for part in tinycss2.parse_declaration_list(
        source, skip_comments=True, skip_whitespace=True
    ):
        if part.type == "declaration":
            value = tinycss2.serialize(part.value).strip()
            for name, one in _long(part.lower_name, value):
                found[name] = (one, part.important)
    return found


def _long(name, value):
    """The properties that a declaration sets."""
    if name in ("margin", "padding"):
        sides = value.split()
        top = sides[0]
        bottom = sides[2] if len(sides) > 2 else top
        left = sides[3] if len(sides) > 3 else sides[1] if len(sides) > 1 else top
        return [
            (f"{name}-top", top),
            (f"{name}-bottom", bottom),
            (f"{name}-left", left),
        ]
    if name == "font":
        size = re.search(r"[\d.]+(pt|px|mm)", value)
        return [("font-size", size[0])] if size else []
    return [(name, value)]
