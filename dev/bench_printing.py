"""All assessment forms of a campaign as one PDF, batch by batch, as the job prints."""

from collections import namedtuple

from benchmark import load

FLOOR = "the engine alone on the same HTML, made before"
PEOPLE = 10  # in each unit; 150 forms of two pages in 15 units
FORM = "cadre_review.action_report_rating_form"

Made = namedtuple("Made", "ratings bodies")


def setup(env, n):
    opening = load("bench_opening")
    opening.PEOPLE = PEOPLE
    campaign = opening.make_campaign(env, opening.make_units(env, n))
    opening.run(env, opening.Made(campaign, None))
    env.flush_all()
    ratings = campaign.rating_ids.filtered("cadre_id")
    report = env.ref(FORM)
    html = report._render_qweb_html(
        report.report_name, ratings.ids, data={"report_type": "pdf"}
    )[0]
    bodies = report._prepare_html(html, report.model)[0]
    env.invalidate_all()
    return Made(ratings, [str(body) for body in bodies])


def run(env, made):
    job = env["cadre.review.printing"].create(
        {
            "name": "Forms",
            "kind": "forms",
            "todo": made.ratings.ids,
            "total": len(made.ratings),
        }
    )
    while job.state == "waiting":
        job._work()
        env.flush_all()


def floor(env, made):
    from odoo.addons.cadre_review.reports import pdf_engine

    for body in made.bodies:
        pdf_engine.render(body)
