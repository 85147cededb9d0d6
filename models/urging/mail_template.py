import ast
import re

import lxml.html

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

from ..base.base import OURS

REMINDER = "cadre.review.reminder"
# what the words of a reminder may refer to: nothing that leads on to other records
ALLOWED = frozenset(
    {
        *("address", "campaign_name", "content", "headline", "kind"),
        *("office_name", "owner_name", "sender"),
    }
)


class MailTemplate(models.Model):
    """Words of reminders: free to write, but closed to everything beyond them.

    Reminders are rendered with all rights. An expression that could reach a rating, or
    another unit's dossier, is refused when the template is saved, in whatever field it
    stands; Odoo's own check goes over every field as well, and only takes for harmless
    what is harmless here. A template of another model of ours refers to nothing.
    """

    _inherit = "mail.template"

    def write(self, vals):
        before = {template: template.model for template in self.sudo()}
        result = super().write(vals)
        if not self.env.su and not self.env.user.has_group(
            "mail.group_mail_template_editor"
        ):
            self._check_not_moved(before)
        return result

    def _check_not_moved(self, before):
        """Words judged for one model are not words for another."""
        for template, model in before.items():
            if template.model != model:
                raise AccessError(
                    self.env._(
                        "%(template)s is of another kind.", template=template.name
                    )
                )

    # before anything is rendered: Odoo tries the words when they are saved
    @api.constrains(lambda self: ("model_id", "report_template_ids", *self._texts()))
    def _check_our_words(self):
        for template in self.filtered(lambda t: (t.model or "").startswith(OURS)):
            bad = [
                expression
                for expression in template._expressions()
                if not self._is_harmless(expression, template.model)
            ]
            if template.report_template_ids or bad:
                raise ValidationError(
                    self.env._(
                        "“%(template)s”: a reminder may refer to %(allowed)s only; "
                        "not to: %(bad)s.",
                        template=template.name,
                        allowed=", ".join(f"object.{name}" for name in sorted(ALLOWED)),
                        bad=", ".join(bad) or template.report_template_ids[:1].name,
                    )
                )

    def _texts(self):
        """The fields in which an expression can stand."""
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.type in ("char", "text", "html")
        ]

    def _expressions(self):
        """Every expression of every field of the template, in all languages."""
        self.ensure_one()
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        for lang in langs:
            template = self.with_context(lang=lang)
            for text_field in self._texts():
                text = template[text_field] or ""
                yield from re.findall(r"\{\{(.*?)\}\}", text, re.DOTALL)
                if self._fields[text_field].type != "html" or not text:
                    continue
                root = lxml.html.fragment_fromstring(text, "div")
                for node in root.iter():
                    for name, value in node.attrib.items():
                        if name in ("t-call", "t-set", "t-value", "t-call-assets"):
                            yield f"{name} {value}"
                        elif name in ("t-translation", "t-ignore", "t-else"):
                            continue
                        elif name.startswith("t-attf-"):
                            yield from re.findall(r"[{#]\{(.*?)\}", value, re.DOTALL)
                        elif name.startswith("t-"):
                            yield value

    @api.model
    def _is_harmless(self, expression, model):
        """Whether it is made of allowed values, plain constants and comparisons."""
        expression = expression.partition("|||")[0].strip()
        try:
            tree = ast.parse(expression, mode="eval").body
        except (SyntaxError, ValueError):
            return False
        return _is_plain(tree, ALLOWED if model == REMINDER else frozenset())


class IrQweb(models.AbstractModel):
    """The office writes the words of reminders without being an editor of all
    templates: what is harmless in them, Odoo's check of expressions lets pass."""

    _inherit = "ir.qweb"

    def _is_expression_allowed(self, expression, model):
        return super()._is_expression_allowed(expression, model) or (
            model == REMINDER
            and self.env["mail.template"]._is_harmless(expression, model)
        )


def _is_plain(node, allowed):
    match node:
        case ast.Constant():
            return True
        case ast.Attribute(value=ast.Name(id="object"), attr=name):
            return name in allowed
        case (
            ast.BoolOp()
            | ast.BinOp(op=ast.Add())
            | ast.UnaryOp()
            | ast.Compare()
            | ast.IfExp()
        ):
            return all(
                _is_plain(child, allowed)
                for child in ast.iter_child_nodes(node)
                if isinstance(child, ast.expr)
            )
    return False
