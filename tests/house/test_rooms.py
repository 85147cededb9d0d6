"""The rooms of the house: which may use which, read off the sources."""

import ast
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from odoo.models import MetaModel
from odoo.tests import BaseCase, TransactionCase, tagged

ADDON = Path(__file__).parents[2]
# rooms that only tests have: what they hold goes through the whole house
OF_THE_WHOLE = {"house", "papers", "security", "ways"}
# what every Odoo model may carry on from another; all else is said in one place
CARRIED_ON = {"create", "write", "unlink"}


class Piece(NamedTuple):
    """One class of a model: ``name`` is the model's; ``bases`` what it inherits."""

    room: str
    file: str
    name: str
    bases: tuple
    methods: tuple

    @property
    def is_home(self):
        return self.name not in self.bases


def rooms():
    """The rooms in their order, as ``models/__init__.py`` imports them."""
    [imports] = ast.parse((ADDON / "models/__init__.py").read_text()).body
    return [alias.name for alias in imports.names]


def sources(package):
    """``(room, path, tree)`` of every file in a package's rooms."""
    for path in sorted((ADDON / package).glob("*/*.py")):
        yield path.parent.name, path, ast.parse(path.read_text())


def pieces(package):
    for room, path, tree in sources(package):
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                values = {
                    statement.targets[0].id: ast.literal_eval(statement.value)
                    for statement in node.body
                    if isinstance(statement, ast.Assign)
                    and getattr(statement.targets[0], "id", "") in ("_name", "_inherit")
                }
                bases = values.get("_inherit", ())
                bases = (bases,) if isinstance(bases, str) else tuple(bases)
                if values:
                    yield Piece(
                        room,
                        f"{package}/{room}/{path.name}",
                        values.get("_name") or bases[0],
                        bases,
                        tuple(
                            method.name
                            for method in node.body
                            if isinstance(method, ast.FunctionDef)
                        ),
                    )


@tagged("post_install", "-at_install")
class TestRooms(BaseCase):
    def setUp(self):
        super().setUp()
        self.rank = {room: rank for rank, room in enumerate(rooms())}
        self.pieces = [*pieces("models"), *pieces("wizards")]
        self.homes = {piece.name: piece for piece in self.pieces if piece.is_home}

    def test_every_file_stands_in_a_room(self):
        for package in ("models", "wizards", "views", "security", "tests"):
            folders = {path for path in (ADDON / package).iterdir() if path.is_dir()}
            folders = {path.name for path in folders} - {"__pycache__", "plain"}
            allowed = {*self.rank} | (OF_THE_WHOLE if package == "tests" else set())
            self.assertLessEqual(folders, allowed, package)
        self.assertEqual(
            {path.name for path in (ADDON / "models").glob("*.py")}, {"__init__.py"}
        )
        self.assertEqual(
            {path.parent.name for path in (ADDON / "models").glob("*/*.py")},
            {*self.rank},
        )

    def test_every_test_runs(self):
        """Over the installed addon, from a module that `tests` knows."""
        known = ast.unparse(ast.parse((ADDON / "tests/__init__.py").read_text()))
        for _room, path, tree in sources("tests"):
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and path.stem.startswith("test_"):
                    if any(
                        getattr(item, "name", "")[:5] == "test_" for item in node.body
                    ):
                        tags = "".join(map(ast.unparse, node.decorator_list))
                        self.assertIn("'post_install'", tags, f"{path}: {node.name}")
                        self.assertRegex(known, rf"\b{path.stem}\b")

    def test_imports_go_one_way(self):
        """A room uses those before it; windows use their own and those before it."""
        arrows = 0
        for package in ("models", "wizards"):
            for room, path, tree in sources(package):
                for node in ast.walk(tree):
                    if isinstance(node, ast.ImportFrom) and node.level:
                        used = self._room_used(package, node)
                        if used and used != room:
                            arrows += 1
                            self.assertLess(
                                self.rank[used], self.rank[room], f"{path} uses {used}"
                            )
        self.assertGreater(arrows, 100)

    def _room_used(self, package, node):
        parts = (node.module or "").split(".")
        if node.level == 2 and parts[0] in self.rank:
            return parts[0]
        if node.level == 3 and parts[0] in ("models", "wizards") and len(parts) > 1:
            self.assertFalse(
                package == "models" and parts[0] == "wizards", "a model uses a window"
            )
            return parts[1]
        return None

    def test_what_is_inherited_stands_before(self):
        for piece in self.pieces:
            for base in piece.bases:
                if home := self.homes.get(base):
                    self.assertLessEqual(
                        self.rank[home.room], self.rank[piece.room], piece.file
                    )

    def test_a_model_stands_in_one_file(self):
        """In its own room nobody extends it; another room does so in few places."""
        extensions = [piece for piece in self.pieces if not piece.is_home]
        self.assertGreater(len(extensions), 50)
        for piece in extensions:
            if home := self.homes.get(piece.name):
                self.assertTrue(
                    piece.file == home.file or piece.room != home.room,
                    f"{piece.file} extends {piece.name}, which stands in {home.file}",
                )

    def test_nothing_is_carried_on_in_silence(self):
        """No method of ours goes on in another file: the order would be that of the
        imports. Lists of steps say the order where it can be read."""
        places = defaultdict(set)
        for piece in self.pieces:
            for method in piece.methods:
                places[piece.name, method].add(piece.file)
        self.assertFalse(
            {
                key: files
                for key, files in places.items()
                if len(files) > 1
                and key[0].startswith("cadre.review.")
                and key[1] not in CARRIED_ON
            }
        )


@tagged("post_install", "-at_install")
class TestSteps(TransactionCase):
    """What follows from a move is a list of names at the move."""

    def test_every_step_is_a_method_of_one_class(self):
        steps = 0
        for name, model in self.registry.items():
            for move in getattr(model, "_moves", {}).values():
                for step in move.then:
                    steps += 1
                    self.assertEqual(
                        len(self._defined_in(model, step)), 1, f"{name}: {step}"
                    )
        self.assertGreater(steps, 30)
        for step in self.registry["cadre.review.dossier"]._round_steps:
            self.assertTrue(hasattr(self.registry["cadre.review.dossier"], step))

    def _defined_in(self, model, step):
        return [
            base
            for base in model.mro()
            if step in vars(base) and isinstance(base, MetaModel)
        ]
