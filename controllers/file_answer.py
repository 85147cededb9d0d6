from odoo.http import content_disposition, request


def file_answer(name, content, media_type):
    """A file to download, which no browser keeps or takes for something else.

    :param bytes content: the file
    """
    return request.make_response(
        content,
        [
            ("Content-Type", media_type),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
