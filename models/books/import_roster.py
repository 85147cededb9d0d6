from collections import defaultdict
from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import AccessError

from ...rules.names import sort_key
from ...rules.texts import _lt
from ...workbooks import plans
from ...workbooks.matching import Candidate, Index, Match
from ...workbooks.values import text_of
from ...workbooks.words import plain

PERSON = ("birth_date", "party_title", "email")
POST = (
    *("title", "kind", "scope", "is_head", "authority_id", "group_id", "duties"),
    *("date_from", "date_to", "sequence"),
)
ADMIN = "cadre_review.cadre_review_group_admin"


@dataclass(frozen=True)
class Newcomer(Candidate):
    """Somebody who is new with the file; perhaps with a code that it gives."""

    is_coded: bool = False


class CadreReviewImportRoster(models.AbstractModel):
    """People and posts from a list; one row a post.

    A person is found by code, else by name with birth date and unit; a post by
    person, unit and title.
    """

    _name = "cadre.review.import.roster"
    _description = "Import of a Roster"
    _inherit = ["cadre.review.import.mixin"]

    # ------------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------------

    @api.model
    def _plan(self, lines, options):
        for model in ("cadre.review.cadre", "cadre.review.post"):
            self.env[model].check_access("create")
        plan = plans.Plan()
        places = self._places()
        people, posts, index, codes = self._known()
        fresh = {"values": {}, "pending": {}, "index": Index(()), "codes": codes}
        has_codes, seen = self._own_codes(lines), {}
        for line in lines:
            unit_id, post = self._post_values(plan, line, places, options)
            if not unit_id or not line.get("name"):
                continue
            key = self._person(plan, line, index, fresh, unit_id, has_codes, options)
            if key is None:
                continue
            if key == "new":
                key = self._fresh(fresh, line, places, unit_id)
            person = self._person_values(line)
            before = people.get(key, {})
            mine = posts[key]
            known = mine.get((unit_id, plain(post["title"])))
            if self._twice(plan, seen, (key, unit_id, plain(post["title"])), line):
                continue
            post = self._as_main_or_concurrent(plan, line, post, mine, known)
            self._add_change(plan, line, key, person, before, unit_id, post, known)
            people[key] = {**before, **person}
            mine[unit_id, plain(post["title"])] = {**(known or {}), **post}
        plan.extra = {"fresh": fresh["values"]}
        return plan

    @api.model
    def _places(self):
        return {
            "unit": self._bodies("cadre.review.unit"),
            "authority": self._bodies("cadre.review.authority"),
            "group": self._bodies("cadre.review.post.group"),
            "codes": {
                row["id"]: row["code"]
                for row in self._all_rows("cadre.review.unit", ["code"])
            },
        }

    @api.model
    def _known(self):
        """People and posts there are: ``({id: values}, {id: {(unit, title): values}},
        index, taken codes)``, in two queries."""
        people = {
            row["id"]: row
            for row in self._all_rows(
                "cadre.review.cadre", ["name", "code", "unit_id", "title", *PERSON]
            )
        }
        posts = defaultdict(dict)
        rows = self._all_rows(
            "cadre.review.post", ["cadre_id", "unit_id", "is_main", *POST]
        )
        for row in rows:
            posts[row["cadre_id"]][row["unit_id"], plain(row["title"])] = row
        candidates = [
            (
                *(r["id"], r["name"], r["code"], r["birth_date"] or None, r["unit_id"]),
                r["title"] or "",
            )
            for r in people.values()
        ]
        # codes of people who are archived are taken as well
        taken = self.env["cadre.review.cadre"].with_context(active_test=False).sudo()
        codes = set(taken.search_fetch([], ["code"]).mapped("code"))
        return people, posts, self._people(candidates), codes

    @api.model
    def _post_values(self, plan, line, places, options):
        unit_id = self._unit(plan, line, places["unit"], options)
        only = options.get("unit_id")
        if unit_id and only and unit_id != only:
            plan.bad.append(
                line.bad("unit", _lt("A row of another unit than the file is for."))
            )
        if not line.get("unit") and not line.unit:
            unit_id = only
            if not unit_id:
                plan.bad.append(line.bad("unit", _lt("Nothing is written here.")))
        if not line.get("title"):
            plan.bad.append(line.bad("title", _lt("Nothing is written here.")))
        begins, ends = line.get("date_from"), line.get("date_to")
        if begins and ends and begins > ends:
            plan.bad.append(line.bad("date_to", _lt("The post ends before it begins.")))
        values = {
            code: line.get(code)
            for code in ("kind", "scope", "is_head", "duties", "date_from", "date_to")
            if line.get(code) is not None
        }
        for code in ("authority", "group"):
            if found := self._body(plan, line, code, places[code]):
                values[f"{code}_id"] = found
        return unit_id, {"title": line.get("title", ""), **values}

    @api.model
    def _person(self, plan, line, index, fresh, unit_id, has_codes, options):
        """Id of the person, the key of one who is new with this file, ``"new"``, or
        None where it is asked."""
        match = self._find(line, index, unit_id, has_codes)
        if match.key:
            return match.key
        of_file = self._find(line, fresh["index"], unit_id)
        if not match.doubtful and self._is_another(line, of_file):
            return "new"
        if not match.doubtful and self._is_same(line, fresh["values"].get(of_file.key)):
            return of_file.key
        others = (
            [fresh["pending"].get(of_file.key)] if of_file.key else of_file.doubtful
        )
        doubtful = [*match.doubtful, *others]
        if not doubtful:
            return "new"
        answer = self._ask(plan, line, Match(doubtful=doubtful), options, True)
        if answer is None:
            # another line of this name may mean this person
            self._newcomer(fresh, ("new", line.place), line, unit_id, "")
        return answer

    @api.model
    def _is_same(self, line, newcomer):
        """Whether a line speaks of a person of another line for sure."""
        if not newcomer:
            return False
        code, birth = line.get("code"), line.get("birth_date")
        return (
            bool(code and plain(code) == plain(newcomer.code))
            or bool(birth and birth == newcomer.birth_date)
            or bool(line.get("is_concurrent"))
        )

    @api.model
    def _is_another(self, line, match):
        """Whether all of this name bear another code: then there is no doubt."""
        return bool(line.get("code") and match.doubtful) and all(
            plain(line.get("code")) != plain(candidate.code) and candidate.is_coded
            for candidate in match.doubtful
        )

    @api.model
    def _fresh(self, fresh, line, places, unit_id):
        """Key of a person who is new with this file."""
        codes, code, number = fresh["codes"], line.get("code"), 1
        while not code:
            code = f"{places['codes'].get(unit_id, 'CB')}-{number:02}"
            number += 1
            if code in codes:
                code = ""
        codes.add(code)
        key = ("new", line.place)
        fresh["values"][key] = self._newcomer(fresh, key, line, unit_id, code)
        return key

    @api.model
    def _newcomer(self, fresh, key, line, unit_id, code):
        """Somebody of the file whom other lines of it may mean."""
        newcomer = Newcomer(
            *(key, line.get("name"), code, line.get("birth_date"), unit_id),
            *(line.get("title") or "", bool(line.get("code"))),
        )
        fresh["index"].add(newcomer)
        fresh["pending"][key] = newcomer
        return newcomer

    @api.model
    def _person_values(self, line):
        values = {code: line.get(code) for code in PERSON}
        return {code: value for code, value in values.items() if value}

    @api.model
    def _as_main_or_concurrent(self, plan, line, post, mine, known):
        """The first post of a person is the main one unless the list says otherwise;
        a second main post at the same time is bad."""
        if known and line.get("is_concurrent") is None:
            return {**post, "is_main": known["is_main"]}
        mains = [p for p in mine.values() if p["is_main"] and p is not known]
        mains = [p for p in mains if _overlap({**(known or {}), **post}, p)]
        concurrent = line.get("is_concurrent")
        if concurrent is False and mains:
            plan.bad.append(
                line.bad(
                    "is_concurrent",
                    _lt(
                        "“%(title)s” is the main post at the same time. End it first, "
                        "or mark one of them as concurrent."
                    ),
                    title=mains[0]["title"],
                )
            )
        is_main = not mains if concurrent is None else not concurrent
        return {**post, "is_main": is_main}

    @api.model
    def _add_change(self, plan, line, key, person, before, unit_id, post, known):
        of_person = plans.differing(person, before)
        of_post = plans.differing(post, known or {}) if known else post
        if known and plain(known["title"]) == plain(post["title"]):
            of_post.pop("title", None)
        is_new = isinstance(key, tuple) and not before
        effect = plans.KEEP
        if of_person or of_post:
            effect = plans.CHANGE if known else plans.CREATE
        shown = {**of_person, **of_post}
        old = {**before, **(known or {})}
        plan.changes.append(
            plans.Change(
                line.place,
                effect,
                f"{line.get('name')} – {post['title']}",
                [
                    (code, self._shown(code, old.get(code)), self._shown(code, value))
                    for code, value in shown.items()
                ],
                {
                    "key": key,
                    "is_new": is_new,
                    "name": line.get("name"),
                    "person": of_person,
                    "post_id": known and known.get("id"),
                    "unit_id": unit_id,
                    "post": of_post,
                    "email": line.get("email"),
                },
            )
        )

    @api.model
    def _shown(self, code, value):
        if not value:
            return ""
        if code in ("authority_id", "group_id"):
            return str(value)
        if value is True:
            return "x"
        return text_of(value)

    # ------------------------------------------------------------------
    # CARRYING OUT
    # ------------------------------------------------------------------

    @api.model
    def _carry_out(self, plan, record, options):
        Cadre, Post = self.env["cadre.review.cadre"], self.env["cadre.review.post"]
        people = self._create_people(Cadre, plan, plan.extra["fresh"])
        todo = [c for c in plan.changes if c.effect != plans.KEEP]
        creates = [c for c in todo if not c.payload["post_id"]]
        posts = Post.create(
            [
                {
                    "cadre_id": people.get(c.payload["key"], c.payload["key"]),
                    "unit_id": c.payload["unit_id"],
                    **c.payload["post"],
                }
                for c in creates
            ]
        )
        done = dict(zip(map(id, creates), posts, strict=True))
        for change in todo:
            payload = change.payload
            if payload["post_id"]:
                done[id(change)] = Post.browse(payload["post_id"])
                if payload["post"]:
                    done[id(change)].write(payload["post"])
            if payload["person"] and not isinstance(payload["key"], tuple):
                Cadre.browse(payload["key"]).write(payload["person"])
        if options.get("invite"):
            self._invite(plan, people)
        return self._told(todo, [done[id(change)] for change in todo])

    @api.model
    def _create_people(self, Cadre, plan, fresh):
        """``{key: id}`` of those who are new with this file."""
        values = {}
        for change in plan.changes:
            key = change.payload["key"]
            if isinstance(key, tuple):
                name, code = fresh[key].name, fresh[key].code
                new = values.setdefault(
                    key, {"name": name, "code": code, "sort_key": sort_key(name)}
                )
                new.update(change.payload["person"])
                # what is computed of the person and of the posts made next is not
                # written again if it stands there already
                if change.payload["post"]["is_main"]:
                    new["unit_id"] = change.payload["unit_id"]
                    new["title"] = change.payload["post"]["title"]
        created = Cadre.create(list(values.values()))
        return dict(zip(values, created.ids, strict=True))

    @api.model
    def _invite(self, plan, people):
        """Logins for people with an address and none; each gets an invitation.

        :raise AccessError: to all but the administrator, who keeps logins
        """
        if not self.env.user.has_group(ADMIN):
            raise AccessError(
                self.env._("Only the administrator of the review invites users.")
            )
        wanted = {
            people.get(c.payload["key"], c.payload["key"]): c.payload["email"]
            for c in plan.changes
            if c.payload["email"]
        }
        cadres = self.env["cadre.review.cadre"].browse(wanted)
        cadres = cadres.filtered(lambda cadre: not cadre.user_id)
        # the administrator of the review need not be one of the whole system
        Users = self.env["res.users"].sudo().with_context(active_test=False)
        addresses = [wanted[cadre.id] for cadre in cadres]
        taken = set(Users.search([("login", "in", addresses)]).mapped("login"))
        cadres = cadres.filtered(lambda cadre: wanted[cadre.id] not in taken)
        users = Users.create(
            [
                {
                    "name": cadre.name,
                    "login": wanted[cadre.id],
                    "email": wanted[cadre.id],
                    "group_ids": [(6, 0, [self.env.ref("base.group_user").id])],
                }
                for cadre in cadres
            ]
        )
        for cadre, user in zip(cadres, users, strict=True):
            cadre.user_id = user


def _overlap(one, other):
    return not (
        (one.get("date_to") and other.get("date_from"))
        and one["date_to"] < other["date_from"]
        or (other.get("date_to") and one.get("date_from"))
        and other["date_to"] < one["date_from"]
    )
