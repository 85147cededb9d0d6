import contextlib
import hashlib
import io
import logging
import os
import shutil
import tempfile
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...scans import archive, pdf_files
from ...scans.names import apart, safe

_logger = logging.getLogger(__name__)

# taken in one transaction; of whole dossiers and units of an archive, one
BATCH = {"forms": 20, "volume": 1, "archive": 1}
# as many come at once; more than these are left to the scheduled job
AT_ONCE = {"forms": 20, "volume": 1, "archive": 0}
MIMETYPES = {"pdf": "application/pdf", "zip": "application/zip"}


class CadreReviewPrinting(models.TransientModel):
    """Many papers at once, for whoever asked: made in batches, kept for three days.

    - what is in it is read with the rights of the one who asked, at that time;
    - nobody else sees the job or its file;
    - each batch leaves its part as a file of the job, so a run that was killed goes on
      where it was, and no run holds more than one batch.
    """

    _name = "cadre.review.printing"
    _description = "Papers to Download"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "id desc"
    _transient_max_hours = 72.0

    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("forms", "Assessment forms"),
            ("volume", "Whole dossier"),
            ("archive", "Archive of the campaign"),
        ],
        required=True,
        default="forms",
    )
    sets = fields.Integer(default=1, help="How many sets of a whole dossier.")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Ready"),
            ("failed", "Failed"),
        ],
        default="waiting",
        required=True,
        gated=True,
    )
    todo = fields.Json(gated=True, help="Ids of the records still to print.")
    total = fields.Integer(gated=True)
    done = fields.Integer(gated=True)
    progress = fields.Float(compute="_compute_progress")
    error = fields.Text(gated=True)
    attachment_id = fields.Many2one(
        "ir.attachment", string="File", gated=True, ondelete="set null"
    )

    @api.depends("total", "done")
    def _compute_progress(self):
        for job in self:
            job.progress = job.total and 100 * job.done / job.total

    # ------------------------------------------------------------------
    # ASKING
    # ------------------------------------------------------------------

    @api.model
    def _ask(self, kind, name, records, sets=1):
        """Print these records: at once where they are few, else by the job.

        :return: action that downloads the file, or shows how far it is
        """
        if not records:
            raise UserError(self.env._("There is nothing to print."))
        self.env["ir.actions.report"]._check_prints_here()
        records.check_access("read")
        return self._ask_for(kind, name, records.ids, sets)

    @api.model
    def _ask_archive(self, campaign, ids):
        """:param ids: of dossiers; of the campaign itself, below zero"""
        name = self.env._("Archive - %(campaign)s", campaign=campaign.name)
        return self._ask_for("archive", name, ids)

    @api.model
    def _ask_for(self, kind, name, ids, sets=1):
        job = self.sudo().create(
            {
                "kind": kind,
                "name": name,
                "sets": sets,
                "todo": ids,
                "total": len(ids),
            }
        )
        job = job.sudo(False)
        if len(ids) <= AT_ONCE[kind]:
            job._work()
            return job.action_download()
        self.env.ref("cadre_review.ir_cron_print").sudo()._trigger()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Papers to Download"),
            "res_model": self._name,
            "view_mode": "list",
            "views": [[False, "list"]],
        }

    def action_download(self):
        """Download the file, once it is ready."""
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(
                self.env._(
                    "%(job)s: not ready yet, or failed. You are told when it is.",
                    job=self.name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }

    # ------------------------------------------------------------------
    # MAKING
    # ------------------------------------------------------------------

    @api.model
    def _cron_print(self):
        """Batch by batch; what one job stumbles over stops that job alone."""
        Cron = self.env["ir.cron"]
        jobs = self.sudo().search([("state", "=", "waiting")], order="id")
        Cron._commit_progress(remaining=sum(len(job.todo or []) for job in jobs))
        for job in jobs:
            while job.state == "waiting":
                before = job.done
                try:
                    with self.env.cr.savepoint():
                        job._work()
                except Exception as error:
                    job._fail(error)
                if job.state == "done":
                    job._tell()
                if not Cron._commit_progress(job.done - before):
                    return

    def _work(self):
        """One batch, with the rights of whoever asked."""
        self.ensure_one()
        # what others read in this transaction is not what this user may read
        self.env.flush_all()
        self.env.invalidate_all()
        user = self.sudo().create_uid
        job = self.with_user(user).with_context(lang=user.lang)
        batch = BATCH[self.kind]
        now, rest = (self.todo or [])[:batch], (self.todo or [])[batch:]
        for name, content in getattr(job, f"_make_{self.kind}")(now):
            self._keep(name, content)
        self.sudo().write({"todo": rest, "done": self.total - len(rest)})
        if not rest:
            self._finish()

    def _make_forms(self, ids):
        report = self.env.ref("cadre_review.action_report_rating_form")
        ratings = self.env["cadre.review.rating"].browse(ids).exists()
        ratings.check_access("read")
        pdfs = report._record_pdfs(ratings)
        yield (
            "part.pdf",
            pdf_files.merged(pdfs[res_id] for res_id in ids if res_id in pdfs),
        )

    def _make_volume(self, ids):
        for dossier in self.env["cadre.review.dossier"].browse(ids).exists():
            dossier.check_access("read")
            yield f"{safe(dossier.unit_name)}.pdf", dossier._volume(self.sets)

    def _make_archive(self, ids):
        for campaign in self.env["cadre.review.campaign"].browse(
            [-res_id for res_id in ids if res_id < 0]
        ):
            yield "part.zip", campaign._archive_part()
        dossiers = self.env["cadre.review.dossier"].browse(
            [res_id for res_id in ids if res_id > 0]
        )
        for dossier in dossiers:
            yield "part.zip", dossier._archive_part()

    def _keep(self, name, content):
        self.env["ir.attachment"].sudo().create(
            {
                "name": name,
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
                "description": "part",
            }
        )

    def _parts(self):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("description", "=", "part"),
                ],
                order="id",
            )
        )

    def _finish(self):
        """The parts become one file."""
        self = self.sudo()
        parts = self._parts()
        ending = "pdf"
        if self.kind == "archive" or self.kind == "volume" and len(parts) > 1:
            ending = "zip"
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "file")
            getattr(self, f"_join_{ending}")(parts, path)
            self.attachment_id = self._attach(f"{safe(self.name)}.{ending}", path)
        parts.unlink()
        self.write({"state": "done", "error": False})

    def _join_pdf(self, parts, path):
        pdfs = [part.raw for part in parts]
        with open(path, "wb") as file:
            file.write(pdfs[0] if len(pdfs) == 1 else pdf_files.merged(pdfs))

    def _join_zip(self, parts, path):
        if self.kind == "archive":
            archive.join(path, self._opened(parts), self.name)
            return
        taken = set()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as whole:
            for part, file in zip(parts, self._opened(parts), strict=True):
                with whole.open(apart(part.name, taken), "w") as copy:
                    shutil.copyfileobj(file, copy, 2**20)

    def _opened(self, parts):
        """The files of these parts, one open at a time."""
        for part in parts:
            if part.store_fname:
                file = open(part._full_path(part.store_fname), "rb")
            else:
                file = io.BytesIO(part.raw or b"")
            with contextlib.closing(file):
                yield file

    def _attach(self, name, path):
        """A file on the disk as the job's attachment; where files are kept on the disk
        it is moved there without being read into memory."""
        Attachment = self.env["ir.attachment"]
        values = {
            "name": name,
            "res_model": self._name,
            "res_id": self.id,
            "mimetype": MIMETYPES[name.rpartition(".")[2]],
        }
        if Attachment._storage() != "file":
            with open(path, "rb") as file:
                return Attachment.create({**values, "raw": file.read()})
        digest = hashlib.sha1(usedforsecurity=False)  # as Odoo names its files
        with open(path, "rb") as file:
            while piece := file.read(2**20):
                digest.update(piece)
        checksum = digest.hexdigest()
        size = os.path.getsize(path)
        stored = f"{checksum[:2]}/{checksum}"
        target = Attachment._full_path(stored)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.move(path, target)
        # forgotten with the transaction, should it fail
        Attachment._mark_for_gc(stored)
        attachment = Attachment.create(values)
        # Odoo lets these be written with the content alone
        attachment.flush_recordset()
        self.env.cr.execute(
            """
            UPDATE ir_attachment
               SET store_fname = %s, checksum = %s, file_size = %s, mimetype = %s,
                   db_datas = NULL
             WHERE id = %s
            """,
            [stored, checksum, size, values["mimetype"], attachment.id],
        )
        attachment.invalidate_recordset()
        return attachment

    # ------------------------------------------------------------------
    # TELLING
    # ------------------------------------------------------------------

    def _fail(self, error):
        """Stop this job, and say why to whoever asked."""
        if isinstance(error, UserError):
            text = str(error.args[0])
        else:
            _logger.exception("printing job %s failed", self.id)
            text = self.env._(
                "A fault of the program, not yours. Ask the administrator: the log "
                "names it under printing job %(number)s.",
                number=self.id,
            )
        self.sudo().write({"state": "failed", "error": text})
        self._tell()

    def _tell(self):
        self = self.sudo()
        user = self.create_uid
        job = self.with_context(lang=user.lang)
        if job.state == "done":
            title, text = job.env._("Ready to download"), job.name
        else:
            title = job.env._("Could not be printed")
            text = f"{job.name}: {job.error}"
        user._bus_send(
            "simple_notification",
            {
                "type": "success" if job.state == "done" else "danger",
                "title": title,
                "message": text,
                "sticky": True,
            },
        )
        job.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids, subject=title, body=text
        )
