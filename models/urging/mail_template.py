import ast
import re

import lxml.html

from odoo import api, models
from odoo.exceptions import ValidationError

OURS = "cadre.review.reminder"
# what the words of a reminder may refer to: nothing that leads on to other records
ALLOWED = frozenset(
    {
        *("address", "campaign_name", "content", "headline", "kind"),
        *("office_name", "owner_name", "sender"),
    }
)
TEXTS = ("subject", "email_from", "email_to", "email_cc", "reply_to", "partner_to")


class MailTemplate(models.Model):
    """Words of reminders: free to write, but closed to everything beyond them.

    Reminders are rendered with all rights. An expression that could reach a rating, or
    another unit's dossier, is refused when the template is saved.
    """

    _inherit = "mail.template"

    @api.constrains("model_id", "body_html", "report_template_ids", *TEXTS)
    def _check_reminder_words(self):
        for template in self.filtered(lambda t: t.model == OURS):
            bad = [
                expression
                for expression in template._reminder_expressions()
                if not self._is_harmless(expression)
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

    def _reminder_expressions(self):
        """Every expression of the template, in all languages."""
        self.ensure_one()
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        for lang in langs:
            template = self.with_context(lang=lang)
            for name in TEXTS:
                yield from re.findall(r"\{\{(.*?)\}\}", template[name] or "", re.DOTALL)
            if template.body_html:
                root = lxml.html.fragment_fromstring(template.body_html, "div")
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

    def _has_unsafe_expression(self):
        # words of reminders are confined by the check above: the office may write them
        # without being an editor of all templates
        return super(
            MailTemplate, self.filtered(lambda t: t.model != OURS)
        )._has_unsafe_expression()

    @api.model
    def _is_harmless(self, expression):
        """Whether it is made of allowed values, plain constants and comparisons."""
        expression = expression.partition("|||")[0].strip()
        try:
            tree = ast.parse(expression, mode="eval").body
        except (SyntaxError, ValueError):
            return False
        return _is_plain(tree)


def _is_plain(node):
    match node:
        case ast.Constant():
            return True
        case ast.Attribute(value=ast.Name(id="object"), attr=name):
            return name in ALLOWED
        case ast.BoolOp() | ast.BinOp() | ast.UnaryOp() | ast.Compare() | ast.IfExp():
            return all(
                _is_plain(child)
                for child in ast.iter_child_nodes(node)
                if isinstance(child, ast.expr)
            )
    return False
