from odoo import http
from odoo.http import request

from ..workbooks.summary import MEDIA_TYPE
from .file_answer import file_answer

PLACES = {"dossier": "cadre.review.dossier", "campaign": "cadre.review.campaign"}
# what a campaign offers by address: file of which records
LISTS = {
    "results": "cadre.review.rating",
    "register": "cadre.review.paper",
}


def _record(model, record_id):
    """The record, or 404: another unit's looks like one that does not exist."""
    records = request.env[model]
    record = records.has_access("read") and records.search([("id", "=", record_id)])
    if not record:
        raise request.not_found()
    return record


def _answer(file):
    return file_answer(*file, MEDIA_TYPE)


# every address gives a file and changes nothing
_READS = {"type": "http", "methods": ["GET"], "readonly": True}
_BY_USER = {**_READS, "auth": "user"}
_BY_SCRIPT = {**_READS, "auth": "bearer", "save_session": False}


class SummaryController(http.Controller):
    """Streams workbooks; what is in them is read with the user's own rights.

    The addresses under ``/cadre_review/api`` are for scripts: the same files, with an
    API key in the header ``Authorization: Bearer …``.
    """

    @http.route(
        "/cadre_review/summary/<any(dossier, campaign):word>/<int:record_id>",
        **_BY_USER,
    )
    def summary(self, word, record_id):
        return _answer(_record(PLACES[word], record_id)._summary_file())

    @http.route("/cadre_review/template/dossier/<int:record_id>", **_BY_USER)
    def template(self, record_id):
        return _answer(_record("cadre.review.dossier", record_id)._template_file())

    @http.route("/cadre_review/template/roster", **_BY_USER)
    def roster_template(self):
        return _answer(request.env["cadre.review.post"]._template_file())

    @http.route(
        "/cadre_review/form/<int:form_id>/<any(dossier, campaign):word>"
        "/<int:record_id>",
        **_BY_USER,
    )
    def form(self, form_id, word, record_id):
        form = _record("cadre.review.form", form_id)
        place = _record(PLACES[word], record_id)
        campaign = place if word == "campaign" else place.campaign_id
        if campaign != form.campaign_id:
            raise request.not_found()
        return _answer(form._file_for(place))

    @http.route("/cadre_review/list/<int:record_id>", **_BY_USER)
    def chosen(self, record_id):
        return _answer(_record("cadre.review.export", record_id)._list_file())

    # ------------------------------------------------------------------
    # FOR SCRIPTS
    # ------------------------------------------------------------------

    @http.route(
        "/cadre_review/api/summary/<any(dossier, campaign):word>/<int:record_id>",
        **_BY_SCRIPT,
    )
    def api_summary(self, word, record_id):
        return self.summary(word, record_id)

    @http.route(
        "/cadre_review/api/<any(results, register):word>/<int:campaign_id>",
        **_BY_SCRIPT,
    )
    def api_list(self, word, campaign_id):
        campaign = _record("cadre.review.campaign", campaign_id)
        records = request.env[LISTS[word]]
        records = records.search([("campaign_id", "=", campaign.id)])
        return _answer(records._list_file())

    @http.route(
        "/cadre_review/api/form/<int:form_id>/<any(dossier, campaign):word>"
        "/<int:record_id>",
        **_BY_SCRIPT,
    )
    def api_form(self, form_id, word, record_id):
        return self.form(form_id, word, record_id)

    @http.route("/cadre_review/api/people", **_BY_SCRIPT)
    def api_people(self):
        posts = request.env["cadre.review.post"]
        return _answer(posts.search([])._list_file())
