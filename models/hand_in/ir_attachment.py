import base64
import hashlib
from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...scans import confined, kinds, pdf_files, weighing
from ..base.base import OURS

STANDING = "cadre_review.cadre_review_group_standing"
# where nothing else is set, beside web.max_file_upload_size
MOST_MEGABYTES = 50


class IrAttachment(models.Model):
    """Files of a dossier: sealed with the hand-in, and withheld until then.

    - a file stays on the record it was given to, is a file and no address, and is never
      reached without login: neither public nor by a token;
    - who brought it, or a colleague on the same side, changes or deletes it: the office
      not what others say to it, nor they what the office says;
    - a file of a message that stands stands with it;
    - files of a dossier that was handed in are changed by nobody; the office may
      add files of its own, say to its messages;
    - before the hand-in the office sees that a paper is there, not its content,
      but for what it keyed itself;
    - in a later round the office and the authority see what is given with its hand-in;
    - a secret paper has no file;
    - what a file is shows in its bytes; other kinds than those accepted, empty files,
      files too large, packed or unpacked, and files locked by a password are refused;
    - a file of a paper that was handed in stays for good.
    """

    _inherit = "ir.attachment"

    cadre_review_held_back = fields.Boolean(
        string="Held Back Until the Hand-In",
        readonly=True,
        copy=False,
        help="Given in a later round of a dossier that is not handed in yet.",
    )

    _cadre_review_held = models.Index("(id) WHERE cadre_review_held_back")

    @api.constrains("public", "res_model", "res_id")
    def _check_cadre_review_file(self):
        ours = self.sudo().filtered(
            lambda file: (file.res_model or "").startswith(OURS)
        )
        for file in ours.filtered("public"):
            raise ValidationError(
                self.env._(
                    "%(file)s belongs to a review: it cannot be made public.",
                    file=file.name,
                )
            )
        papers = ours.filtered(lambda file: file.res_model == "cadre.review.paper")
        self.env["cadre.review.paper"].browse(papers.mapped("res_id"))._check_secret()

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {**vals, "access_token": False}
            if (vals.get("res_model") or "").startswith(OURS)
            else vals
            for vals in vals_list
        ]
        for vals in vals_list:
            self._check_plain(vals, vals.get("res_model"))
        # before anything is stored: the upload's page keeps what was stored
        files = super().create(self._judged(vals_list))
        files._hold_back()
        return files

    def write(self, vals):
        if "access_token" in vals or "res_model" in vals:
            ours = self._of_review(vals.get("res_model"))
            if ours and vals.get("access_token", True):
                others = super(IrAttachment, self - ours)
                return others.write(vals) and ours.write(
                    {**vals, "access_token": False}
                )
        for model in set(self.sudo().mapped("res_model")) | {vals.get("res_model")}:
            self._check_plain(vals, model)
        if not self.env.su and vals.keys() & {"res_model", "res_id"}:
            self._check_stays(vals)
        if not self.env.su and vals.keys() & {"raw", "datas", "name", "res_model"}:
            for file in self.sudo():
                kept = {"res_model": file.res_model, "name": file.name}
                if not vals.keys() & {"raw", "datas"} and not self._is_ours(
                    file.res_model
                ):
                    kept["raw"] = file.raw  # brought somewhere else first
                [judged] = self._judged([{**kept, **vals}])
                if "name" in vals:
                    vals = {**vals, "name": judged["name"]}
        result = super().write(vals)
        if vals.keys() & {"raw", "datas", "name", "res_model", "res_id"}:
            self._hold_back()
        return result

    def _hold_back(self):
        if self.env.uid == SUPERUSER_ID:
            return
        for dossier, files in self._by_dossier().items():
            if dossier.state == "returned":
                files.cadre_review_held_back = True

    def _by_dossier(self):
        """``{dossier: files}`` of those that hang on a record of one; as superuser."""
        found = defaultdict(self.env["ir.attachment"].sudo().browse)
        for model, files in (
            self.sudo()._of_review().sudo().grouped("res_model").items()
        ):
            records = self.env.get(model)
            if records is None:
                continue
            is_dossier = model == "cadre.review.dossier"
            if not is_dossier and "dossier_id" not in records._fields:
                continue
            records = records.sudo().browse(files.mapped("res_id")).exists()
            places = {r.id: r if is_dossier else r.dossier_id for r in records}
            for file in files:
                if dossier := places.get(file.res_id):
                    found[dossier] |= file
        return found

    def _of_review(self, model=None):
        """The files of our records, or all if they are brought to one."""
        if (model or "").startswith(OURS):
            return self
        ours = self.sudo().filtered(lambda f: (f.res_model or "").startswith(OURS))
        return ours.sudo(False)

    @api.model
    def _check_plain(self, vals, model):
        """A file of ours is a file, seen where files are seen."""
        if self.env.su or not (model or "").startswith(OURS):
            return
        if (
            vals.get("type", "binary") != "binary"
            or vals.get("url")
            or vals.get("res_field")
        ):
            raise ValidationError(
                self.env._(
                    "%(file)s: the file itself is kept here, not where it lies; an "
                    "address is empty. Upload the file.",
                    file=vals.get("name") or self[:1].name or "",
                )
            )
        if "res_model" in vals and not {"attachment_ids", "message_ids"} & set(
            self.env[model]._fields if model in self.env else ()
        ):
            raise AccessError(self.env._("No files are kept there."))

    def _has_attachments_ownership(self, attachment_tokens):
        """By right alone: a token would outlast it, and the record's state."""
        if self._of_review():
            attachment_tokens = [None] * len(self)
        return super()._has_attachments_ownership(attachment_tokens)

    @api.model
    def _judged(self, vals_list):
        """The values, with clean names, where our records take such files in.

        :raise ValidationError: naming every file that is refused, and why
        """
        if self.env.su:
            return vals_list
        judged, problems = [], []
        for vals in vals_list:
            if self._is_ours(vals.get("res_model")):
                vals = {**vals, "name": kinds.clean_name(vals.get("name"))}
                content = self._content_of(vals)
                if content is not None:
                    problems.append(self._refusal(vals["name"], content))
            judged.append(vals)
        if problems := list(filter(None, problems)):
            raise ValidationError("\n".join(problems))
        return judged

    @api.model
    def _is_ours(self, model):
        """Whether files of this model are papers, or scans that prove a value."""
        known = self.env.get(model) if (model or "").startswith(OURS) else None
        return known is not None and "attachment_ids" in known._fields

    @api.model
    def _content_of(self, vals):
        """The bytes the values carry, or None where they carry none."""
        if vals.get("type") == "url":
            return b""
        if "raw" in vals:
            raw = vals["raw"] or b""
            return raw.encode() if isinstance(raw, str) else raw
        if "datas" in vals:
            return base64.b64decode(vals["datas"] or b"")
        return None

    @api.model
    def _most_megabytes(self):
        key = "cadre_review.max_file_size_mb"
        given = self.env["ir.config_parameter"].sudo().get_param(key)
        return int(given) if given and given.isdigit() else MOST_MEGABYTES

    @api.model
    def _judge(self, name, content):
        """What a file is and whether it is taken in, found once in a request, whoever
        asks: the upload, what stores it, what describes it.

        :rtype: scans.kinds.Judged
        """
        seen = self.env.cr.cache.setdefault("cadre_review.judged", {})
        most = self._most_megabytes()
        key = (name, hashlib.sha256(content).digest(), most)
        if key not in seen:
            seen[key] = kinds.judge(name, content, most)
        return seen[key]

    @api.model
    def _refusal(self, name, content):
        """Why the file is not taken in, in words, or nothing."""
        most = self._most_megabytes()
        refused = self._judge(name, content).refused
        if refused == "empty":
            return self.env._("%(file)s is empty. Choose the file again.", file=name)
        if refused == "large":
            return self.env._(
                "%(file)s has %(size)s MB; at most %(most)s MB are taken in. Scan it "
                "with a lower resolution, or in parts.",
                file=name,
                size=-(-len(content) // kinds.MEGABYTE),
                most=most,
            )
        if refused == "kind":
            return self.env._(
                "%(file)s is not what its name says, or of a kind that is not taken "
                "in. Accepted: %(kinds)s, judged by the content.",
                file=name,
                kinds=kinds.ACCEPTED,
            )
        if refused == "locked":
            return self.env._(
                "%(file)s opens with a password only. Save it without the password.",
                file=name,
            )
        return self._words_on_weight(name, refused)

    @api.model
    def _words_on_weight(self, name, why):
        """What a file comes to that is too heavy, and what to do; nothing for no
        reason."""
        if why == "pixels":
            return self.env._(
                "%(file)s has a picture of more than %(most)s megapixels, or one "
                "that takes too long to read. Scan or photograph it with a lower "
                "resolution.",
                file=name,
                most=weighing.MOST_PIXELS // 10**6,
            )
        if why == "pages":
            return self.env._(
                "%(file)s has more than %(most)s pages. Send it in parts.",
                file=name,
                most=pdf_files.MOST_PAGES,
            )
        if why == "unpacked":
            return self.env._(
                "%(file)s comes to more than %(most)s MB when it is unpacked, pictures "
                "in PDF not counted. Print it to a new PDF file, or send it in parts.",
                file=name,
                most=weighing.MOST_UNPACKED // kinds.MEGABYTE,
            )
        if why == "heavy":
            return self.env._(
                "%(file)s takes more memory or time to read than one file may. Print "
                "it to a new PDF file, or send it in parts.",
                file=name,
            )
        return ""

    @api.model
    def _check_weight(self, name, kind, content):
        """Refuse a file that comes to more than is unpacked here, before it is.

        :raise UserError: in words
        """
        try:
            weighing.weigh(kind, content)
        except confined.TooHeavy as error:
            raise UserError(self._words_on_weight(name, error.why)) from error

    def _postprocess_contents(self, values):
        """A paper stays as it was given, to the byte; Odoo makes pictures smaller."""
        given = [values.get("res_model")] if "res_model" in values else []
        if any(map(self._is_ours, given or self.sudo().mapped("res_model"))):
            return values
        return super()._postprocess_contents(values)

    def _check_stays(self, vals):
        for file in self.sudo():
            model, res_id = (
                vals.get(key, file[key]) for key in ("res_model", "res_id")
            )
            if (
                file.res_id
                and (file.res_model or "").startswith(OURS)
                # what was brought to a window is still to be placed
                and not self.env[file.res_model]._transient
                and (model, res_id) != (file.res_model, file.res_id)
            ):
                raise AccessError(
                    self.env._(
                        "%(file)s stays with the record it was given to; "
                        "add a copy where else it is needed.",
                        file=file.name,
                    )
                )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su:
            return result
        refused = result[0] if result else self.browse()
        withheld = (self - refused)._withheld(operation)
        if not withheld:
            return result

        def error():
            return AccessError(
                self.env._(
                    "These files cannot be read before the dossier is handed in, nor "
                    "changed afterwards, nor by others than brought them. Ask for "
                    "completion, or unlock the dossier. %(files)s",
                    # names are read with the files
                    files=", ".join(
                        (withheld - withheld._withheld("read")).sudo().mapped("name")
                    ),
                )
            )

        return refused | withheld, error

    def _withheld(self, operation):
        """Those of the files that the state of their dossier withholds."""
        withheld = self.browse()
        if operation != "read":
            withheld |= self._of_another_hand() | self._of_said_messages()
            withheld |= (
                self.env["cadre.review.paper.file"]
                .sudo()
                .search(
                    [("attachment_id", "in", self.ids), ("is_handed_in", "=", True)]
                )
                .attachment_id
            )
        withheld |= self._held_from_user()
        for model, files in self.sudo().grouped("res_model").items():
            if model not in self._withholding():
                continue
            records = self.env[model].sudo().browse(files.mapped("res_id")).exists()
            hidden = records.filtered_domain(records._withheld_domain(self.env.user))
            sealed = records.browse() if operation == "read" else records._sealed()
            withheld |= files.filtered(
                lambda file, hidden=hidden, sealed=sealed: (
                    file.res_id in (hidden | sealed).ids
                    and file.create_uid not in self._office_and_user()
                )
                or file in sealed.attachment_ids
            )
        return withheld.sudo(False)

    def _held_from_user(self):
        """Files of a round that is not handed in, for office and authority."""
        user, office = self.env.user, self._searches_as_office()
        held = self.sudo().filtered("cadre_review_held_back")
        if not held or not (office or user.has_group(STANDING)):
            return self.browse()
        mine = self._office_and_user() if office else user
        return (
            self.browse()
            .union(
                *(
                    files.filtered(lambda file: file.create_uid not in mine)
                    for dossier, files in held._by_dossier().items()
                    if user not in dossier.unit_id.reader_user_ids
                )
            )
            .sudo(False)
        )

    def _of_another_hand(self):
        """Files that the other side brought: the office's, or what is said to it."""
        brought = self.sudo().filtered(
            lambda file: (
                self._is_ours(file.res_model)
                and file.res_id
                and file.create_uid
                not in self.env.user | self.env.ref("base.user_root")
            )
        )
        if not brought:
            return self.browse()
        # whoever was of the office when it was brought
        clerks = (
            self.env["cadre.review.member"]
            .sudo()
            .search(
                [
                    ("role", "=", "office"),
                    ("user_id", "in", (brought.create_uid | self.env.user).ids),
                ]
            )
            .user_id
        )
        is_clerk = self.env.user in clerks
        others = brought.filtered(lambda file: (file.create_uid in clerks) != is_clerk)
        return others.sudo(False)

    def _of_said_messages(self):
        messages = self.env["mail.message"].sudo()
        said = messages.search([("attachment_ids", "in", self.ids)]).sudo(False)._said()
        return said.sudo().attachment_ids.sudo(False) & self

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access) and self._searches_as_office():
            for model in self._withholding():
                records = self.env[model].sudo()
                hidden = records._search(records._withheld_domain(self.env.user))
                domain = Domain(domain) & ~(
                    Domain("res_model", "=", model)
                    & Domain("res_id", "in", hidden)
                    & Domain("create_uid", "not in", self._office_and_user().ids)
                )
        if not (self.env.su or bypass_access):
            held = self.sudo().search([("cadre_review_held_back", "=", True)])
            if held := held.sudo(False)._held_from_user():
                domain = Domain(domain) & Domain("id", "not in", held.ids)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    @tools.ormcache()
    def _withholding(self):
        """Models whose records show before the hand-in, but not what their files hold:
        they say which in ``_withheld_domain``."""
        return tuple(
            name
            for name, model in self.env.registry.items()
            if hasattr(model, "_withheld_domain")
        )

    def _office_and_user(self):
        """Whose files are not withheld from the office: its own."""
        office = self.env.companies.sudo().cadre_review_office_user_ids
        return office | self.env.user

    def _searches_as_office(self):
        return self.env.user.has_group("cadre_review.cadre_review_group_office")


class IrBinary(models.AbstractModel):
    """Files of a review are handed out by right, never by a token: whoever was shown
    one would have the file for weeks, and without login."""

    _inherit = "ir.binary"

    def _find_record(
        self,
        xmlid=None,
        res_model="ir.attachment",
        res_id=None,
        access_token=None,
        field=None,
    ):
        if access_token and not xmlid and res_id:
            files = self.env["ir.attachment"]
            if res_model == files._name:
                ours = files.sudo().browse(int(res_id)).exists()._of_review()
            else:
                ours = res_model.startswith(OURS)
            access_token = None if ours else access_token
        return super()._find_record(xmlid, res_model, res_id, access_token, field)
