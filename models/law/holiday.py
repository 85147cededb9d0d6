from datetime import timedelta

from odoo import api, fields, models

from ...rules import deadlines
from ...rules.urging import WorkingDays

# days of a calendar that are looked at in one go
LONGEST_PAGE = 400


class CadreReviewHoliday(models.Model):
    """Days of rest, and days worked in their place, as the authorities announce them.

    Saturdays and Sundays are days of rest by themselves.

    - every role reads them; the office and administrators keep them.
    """

    _name = "cadre.review.holiday"
    _description = "Holiday"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "date_from desc, id"

    name = fields.Char(required=True)
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    is_yearly = fields.Boolean(
        string="Every Year", help="On the same days of the solar calendar each year."
    )
    is_worked = fields.Boolean(
        string="Worked", help="Worked in place of another day, though a day of rest."
    )

    _dates = models.Constraint(
        "CHECK (date_from <= date_to AND date_to - date_from < 60)",
        "A holiday ends on or after the day it begins, within sixty days.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["cadre.review.deadline"]._carrying_last_days():
            return super().create(vals_list)

    def write(self, vals):
        with self.env["cadre.review.deadline"]._carrying_last_days():
            return super().write(vals)

    def unlink(self):
        with self.env["cadre.review.deadline"]._carrying_last_days():
            return super().unlink()

    @api.model
    def _calendar(self):
        """:rtype: rules.deadlines.Calendar"""
        holidays, yearly, worked = {}, {}, set()
        for holiday in self.sudo().search([("date_from", "!=", False)]):
            days = (holiday.date_to - holiday.date_from).days + 1
            for day in (holiday.date_from + timedelta(days=n) for n in range(days)):
                if holiday.is_worked:
                    worked.add(day)
                elif holiday.is_yearly:
                    yearly[day.month, day.day] = holiday.name
                else:
                    holidays[day] = holiday.name
        return deadlines.Calendar(holidays, yearly, frozenset(worked))

    @api.model
    def _unusual_days(self, date_from, date_to=None):
        """Which days of a calendar's page are days of rest.

        :return: {day as text: bool}
        """
        calendar = self._calendar()
        first = fields.Date.to_date(date_from)
        last = fields.Date.to_date(date_to or date_from)
        days = range(min((last - first).days, LONGEST_PAGE) + 1)
        return {
            fields.Date.to_string(day): bool(calendar.rest(day))
            for day in (first + timedelta(days=n) for n in days)
        }

    @api.model
    def _working_days(self):
        """:rtype: rules.urging.WorkingDays"""
        return WorkingDays(self._calendar())
