"""The language of statutory papers, whatever language their reader has."""

LANGUAGE = "vi_VN"


def in_vietnamese(records):
    """The same records in Vietnamese, where it is installed."""
    if records.env["res.lang"]._get_data(code=LANGUAGE):
        return records.with_context(lang=LANGUAGE)
    return records
