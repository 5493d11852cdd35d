"""What a change of the style sheets changes of what a reader sees: `python -m tests.looks take`, `… compare`.

`take SITE FOLDER` writes, for every page type (tests/support/pages.py), in every view (wide, laptop, phone; light, dark;
on paper) and in the states that a page alone does not show (what opens, what is pointed at, what a script brings), the
computed style of every element and of what is drawn before and after it, and, unless told otherwise, a picture of the
whole page. `compare BEFORE AFTER` lists every difference, and ends with exit code 1 where there is one.

To judge a change of styles alone, take a site built before it and one built after it, from the same texts.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.browser import ARGUMENTS, find_browser
from tests.support.pages import ANSWERS, PAGES, Scheme
from tests.support.server import serving

Media = Literal["screen", "print"]
Act = Callable[[Page], None]
"""What is done on a page before it is looked at."""


@dataclass(frozen=True)
class Eye:
    """How a page is looked at."""

    width: int
    scheme: Scheme = "light"
    media: Media = "screen"

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}" + ("-print" if self.media == "print" else "")


@dataclass(frozen=True)
class Scene:
    """A page in a state: its name, its address below the root of the site, what is done on it."""

    name: str
    address: str
    act: Act | None = None


WIDE, LAPTOP, PHONE, PAPER = Eye(1440), Eye(1366), Eye(390), Eye(1000, media="print")
DARK = Eye(1440, "dark")
EYES = (WIDE, LAPTOP, PHONE, DARK, Eye(768), PAPER, Eye(1000, "dark", "print"))

YINGKOU = PAGES["policy-measures"]
GUIZHOU = PAGES["policy-law"]
GAS = "policies/guangzhou-2021-gas.html"
SHARED = "chuzhou-2022-business-environment-art_3--guizhou-2022-business-environment-art_3"
TABLES = "policies/jia-2024-3.html"  # of tests/support/tables.py


# ---- States


def everything_open(page: Page) -> None:
    """Every list that opens is open."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def without_scripts(page: Page) -> None:
    """As the style sheets see a browser that runs no scripts."""
    page.evaluate("document.documentElement.classList.replace('js', 'no-js')")


def forced(*states: str) -> Act:
    """Every element that answers to the mouse or the keyboard is in these states, as in the browser's inspector."""

    def act(page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        what = "a, button, summary, input, select, textarea, label, li, tr, .clause, .correction, [tabindex]"
        for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": what})["nodeIds"]:
            session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": list(states)})

    return act


def pressed(key: str) -> Act:
    """A key is pressed."""
    return lambda page: page.keyboard.press(key)


def hovered(selector: str, comes: str | None = None) -> Act:
    """The mouse is over the first such element, and what that brings has come."""

    def act(page: Page) -> None:
        page.locator(selector).first.hover()
        if comes:
            expect(page.locator(comes).first).to_be_visible()

    return act


def clicked(selector: str, comes: str) -> Act:
    """The first such element is clicked or tapped, and what that brings has come."""

    def act(page: Page) -> None:
        page.locator(selector).first.click(force=True)
        expect(page.locator(comes).first).to_be_visible()

    return act


def tapped(selector: str, comes: str) -> Act:
    """The first such element is touched, and what that brings has come."""

    def act(page: Page) -> None:
        page.locator(selector).first.tap()
        expect(page.locator(comes).first).to_be_visible()

    return act


def typed(selector: str, text: str, comes: str) -> Act:
    """Text is typed into the first such field, and what that brings has come."""

    def act(page: Page) -> None:
        page.locator(selector).first.click()
        page.locator(selector).first.press_sequentially(text)
        expect(page.locator(comes).first).to_be_visible()

    return act


def clause_menu(page: Page) -> None:
    """The menu of a clause is open."""
    page.locator("#subpara_2").hover()
    page.locator("#subpara_2 .clause-tool").click()
    expect(page.locator(".clause-menu")).to_be_visible()


def copied(page: Page) -> None:
    """A clause was copied."""
    clause_menu(page)
    page.locator(".clause-menu__item").first.click()
    expect(page.locator(".clause-copied")).to_have_css("opacity", "1")


def bare(page: Page) -> None:
    """A policy without anything that was not printed."""
    page.evaluate("document.documentElement.classList.add('bare')")


def resumed(page: Page) -> None:
    """A reader comes back to a policy."""
    page.evaluate("window.scrollTo(0, 4000)")
    page.wait_for_timeout(1500)
    page.goto("about:blank")
    page.go_back()
    page.reload()
    page.evaluate("window.scrollTo(0, 0)")


STATES = [
    *(Scene(f"{name}+open", address, everything_open) for name, address in PAGES.items()),
    *(Scene(f"{name}+no-js", address, without_scripts) for name, address in PAGES.items()),
    *(Scene(f"{name}+hover", address, forced("hover")) for name, address in PAGES.items()),
    *(
        Scene(f"{name}+focus", address, forced("focus", "focus-visible", "focus-within"))
        for name, address in PAGES.items()
    ),
    Scene("policy+bare", YINGKOU, bare),
    Scene("policy+target-number", f"{YINGKOU}#subpara_2"),
    Scene("policy+target-section", f"{YINGKOU}#sec_3"),
    Scene("policy+target-article", f"{GUIZHOU}#art_15"),
    Scene("policy+target-alias", f"{GUIZHOU}#art_15__para_1"),
    Scene("policy+target-more", f"{GAS}#sec_1__para_1"),
    Scene("policy+help", YINGKOU, pressed("?")),
    Scene("policy+resume", GUIZHOU, resumed),
    Scene("policy+marks", f"{YINGKOU}?q=印章#subpara_4"),
    Scene("policy+term", GUIZHOU, hovered("a.term", ".term-note")),
    Scene("policy+correction", YINGKOU, hovered(".correction", ".correction:hover > .apparatus")),
    Scene("policy+contents", YINGKOU, pressed("c")),
    Scene("policy+moved", f"{YINGKOU}#nowhere"),
    Scene("indicator+preview", PAGES["indicator"], hovered(".md-content .hits a", ".preview")),
    Scene("glossary+target", f"{PAGES['glossary']}#term-six-guarantees"),
    Scene("search-box", "about.html", typed(".search__box", "不动产登记", ".search__result")),
    Scene("search-nothing", "about.html", typed(".search__box", "鲸鱼", ".search__rest")),
    Scene("search-empty", "search.html"),
    Scene("search-grouped", "search.html?q=不动产登记&group=1"),
    Scene("search-facets", "search.html?q=登记&indicator=registering-property"),
    Scene("compare-empty", "compare.html"),
    Scene(
        "compare-four",
        "compare.html?p=yingkou-2020-14,qiqihar-2020-29,fuyuan-2020-measures&i=starting-business",
    ),
    Scene("cite-found", "cite.html", typed(".cite__box", "营口 第35项", ".cite__card")),
    Scene("cite-several", "cite.html", typed(".cite__box", "第三条", ".cite__item")),
    *(
        Scene(f"{name}+{target}", f"{PAGES[name]}#{target}")
        for name, target in (("units-others", "unit-发展研究中心"), ("due", "d2020-09"), ("similar", SHARED))
    ),
    Scene("tables", TABLES),
    Scene("tables+open", TABLES, everything_open),
    Scene("tables+bare", TABLES, bare),
    Scene("tables+hover", TABLES, forced("hover")),
    Scene("tables+caption", f"{TABLES}#att_1__table_1"),
    Scene("tables+row", f"{TABLES}#att_1__table_1__tr_2"),
    Scene("tables-other", "policies/yi-2024-5.html"),
    Scene("cite-failed", "cite.html", typed(".cite__box", "鲸鱼鲸鱼", ".cite__status:not(:empty)")),
]

# These need a mouse and room, or a finger and none.
ONLY = {
    "policy+menu": (WIDE, Scene("policy+menu", YINGKOU, clause_menu)),
    "policy+copied": (WIDE, Scene("policy+copied", YINGKOU, copied)),
    "indicator+sheet": (
        PHONE,
        Scene("indicator+sheet", PAGES["indicator"], tapped(".md-content .hits a", ".preview")),
    ),
    "policy+tapped": (
        PHONE,
        Scene("policy+tapped", YINGKOU, clicked(".contents-toggle + label", ".policy-contents")),
    ),
    "drawer": (
        PHONE,
        Scene("drawer", "about.html", clicked("label[for=__drawer].md-icon", ".md-sidebar--primary")),
    ),
}


def scenes(*, states: bool) -> Iterator[tuple[Eye, Scene]]:
    """Every page type in every view, and every state in the views where it can look different."""
    for name, address in PAGES.items():
        for eye in EYES:
            yield eye, Scene(name, address)
    if states:
        for scene in STATES:
            for eye in (WIDE, PHONE):
                if not (
                    eye == PHONE
                    and scene.name.endswith(
                        ("+hover", "+focus", "+no-js", "+term", "+correction", "+preview")
                    )
                ):
                    yield eye, scene
        yield from ONLY.values()
        for eye in EYES:
            if eye not in (WIDE, PHONE):
                yield eye, Scene("tables", TABLES)
        for name in PAGES:
            yield DARK, Scene(f"{name}+hover", PAGES[name], forced("hover"))


# ---- Looking

# The computed style of every element, and of ::before and ::after where they are drawn; each distinct one once.
COLLECT = """() => {
    const styles = new Map();
    // Those of a direction say again what those of a side say; of others no style sheet here speaks.
    const spare = new RegExp("(block|inline)-(start|end|size)|-(block|inline)$|^(block|inline)-size|-origin$"
        + "|^(animation|transition|view|timeline|offset|shape|scroll-(timeline|snap|initial|marker)|corner|column-rule"
        + "|row-rule|font-(variant|synthesis|optical|feature|palette|kerning|language)|flood|lighting|stop|ruby|math|mask-b"
        + "|border-image|image|perspective|backface|cx|cy|rx|ry|r|x|y|d|path|contain-|container|app-region|buffered)");
    const names = Array.from(getComputedStyle(document.body))
        .filter((name) => !name.startsWith("--") && (!spare.test(name) || name === "font-variant-numeric"));
    const numbered = (style) => {
        const text = names.map((name) => name + ": " + style.getPropertyValue(name)).join("; ");
        if (!styles.has(text)) styles.set(text, styles.size);
        return styles.get(text);
    };
    const elements = [];
    for (const element of [document.documentElement, ...document.body.querySelectorAll("*"), document.body]) {
        if (element.closest("svg") && element.tagName !== "svg" && !element.closest("svg[class]")) continue;
        const box = element.getBoundingClientRect();
        const name = element.tagName.toLowerCase() + (element.id ? "#" + element.id : "")
            + Array.from(element.classList, (one) => "." + one).join("");
        const record = [name, Math.round(box.x * 8), Math.round((box.y + window.scrollY) * 8), numbered(getComputedStyle(element))];
        for (const part of ["::before", "::after", "::marker", "::placeholder"]) {
            const style = getComputedStyle(element, part);
            if (part === "::marker" ? element.tagName === "LI" : part === "::placeholder" ? element.placeholder
                : style.content !== "none" && style.content !== "normal") record.push(part, numbered(style));
        }
        elements.push(record);
    }
    return { elements, styles: Array.from(styles.keys()) };
}"""


def look(page: Page, scene: Scene, base: str, eye: Eye) -> dict[str, Any]:
    """Open the page, do what the scene does, and return the style of every element."""
    page.goto("about:blank")
    page.emulate_media(color_scheme=eye.scheme, media=eye.media, reduced_motion="reduce")
    page.goto(f"{base}/{scene.address}")
    page.wait_for_load_state("load")
    kind = scene.name.partition("+")[0]
    expect(page.locator(ANSWERS.get(kind, "body")).first).to_be_visible()
    page.wait_for_timeout(150)
    if scene.act:
        scene.act(page)
        page.wait_for_timeout(250)
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))")
    seen: dict[str, Any] = page.evaluate(COLLECT)
    return seen


def context_of(browser: Browser, eye: Eye) -> BrowserContext:
    """A new context for a view: a phone has a finger, the others a mouse."""
    phone = eye.width < 500
    return browser.new_context(
        viewport={"width": eye.width, "height": 844 if phone else 900},
        has_touch=phone,
        is_mobile=phone,
        bypass_csp=True,
        permissions=["clipboard-read", "clipboard-write"],
    )


@click.group()
def main() -> None:
    """What a change of the style sheets changes of what a reader sees."""


@main.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", default="", help="Scenes whose name this regular expression finds something in.")
@click.option("--states/--no-states", default=True, help="Also what a page alone does not show.")
@click.option("--pictures/--no-pictures", default=True, help="A picture of every scene, too.")
def take(site: Path, folder: Path, *, only: str, states: bool, pictures: bool) -> None:
    """Write what SITE looks like to FOLDER, a file a scene."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [
        (eye, scene)
        for eye, scene in scenes(states=states)
        if re.search(only, f"{scene.name}-{eye}")
        and (site / scene.address.partition("#")[0].partition("?")[0]).is_file()
    ]
    with sync_playwright() as playwright, serving(site) as base:
        executable = find_browser(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        for eye in dict.fromkeys(eye for eye, _ in wanted):
            for scene in (scene for other, scene in wanted if other == eye):
                context = context_of(browser, eye)
                page = context.new_page()
                page.set_default_timeout(8000)
                name = f"{scene.name}-{eye}"
                try:
                    seen = look(page, scene, base, eye)
                except Exception as error:  # noqa: BLE001 - the other scenes are looked at all the same
                    click.echo(f"{name}: {str(error).splitlines()[0]}", err=True)
                    context.close()
                    continue
                (folder / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(seen).encode(), 1, mtime=0))
                if pictures:
                    page.screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")
                context.close()
        browser.close()
    click.echo(f"{len(wanted)} scenes")


@main.command()
@click.argument("before", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--shown", default=30, help="Differences listed of each scene.")
def compare(before: Path, after: Path, *, shown: int) -> None:
    """List what differs between two folders of `take`: styles by element, and pictures."""
    faults = 0
    for one in sorted(before.glob("*.json.gz")):
        other = after / one.name
        if not other.is_file():
            click.echo(f"{one.name}: not in {after}")
            faults += 1
            continue
        differences = list(_differences(_read(one), _read(other)))
        picture = one.name.replace(".json.gz", ".png")
        pictures = [folder / picture for folder in (before, after)]
        if all(path.is_file() for path in pictures) and len({path.read_bytes() for path in pictures}) > 1:
            differences.append("another picture")
        if differences:
            faults += 1
            click.echo(f"== {one.name}: {len(differences)}")
            for text, times in Counter(differences).most_common(shown):
                click.echo(f"   {times} × {text}")
    click.echo(f"{faults} scenes differ")
    sys.exit(1 if faults else 0)


def _read(path: Path) -> dict[str, Any]:
    """What `take` wrote of a scene."""
    seen: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return seen


def _differences(one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """In words, each property of each element that differs."""
    if len(one["elements"]) != len(other["elements"]):
        yield f"{len(one['elements'])} elements, then {len(other['elements'])}"
        return
    for before, after in zip(one["elements"], other["elements"], strict=True):
        if before[0] != after[0] or len(before) != len(after):
            yield f"{before[0]}: {before[4:]}, then {after[0]}: {after[4:]}"
            continue
        if before[1:3] != after[1:3]:
            yield f"{before[0]} stands elsewhere"
        parts = zip(["", *before[4::2]], [before[3], *before[5::2]], [after[3], *after[5::2]], strict=True)
        for part, old, new in parts:
            for name, (was, now) in _changed(one["styles"][old], other["styles"][new]).items():
                yield f"{before[0]}{part} {name}: {was} → {now}"


def _changed(old: str, new: str) -> dict[str, tuple[str, str]]:
    """The properties that two computed styles give another value."""
    if old == new:
        return {}
    was, now = (
        {name: value for name, _, value in (part.partition(": ") for part in text.split("; "))}
        for text in (old, new)
    )
    return {
        name: (was.get(name, ""), now.get(name, "")) for name in was | now if was.get(name) != now.get(name)
    }


if __name__ == "__main__":
    main()
