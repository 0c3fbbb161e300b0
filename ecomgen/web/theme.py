"""The look: one calm theme of our own, light and dark, in the system's fonts."""

from __future__ import annotations

from gradio.themes import Base, Color, sizes

from ecomgen.web import locale
from ecomgen.web.markup import ASSETS

FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

GREEN = Color(
    name="green",
    c50="#eef6f2",
    c100="#d9ebe3",
    c200="#b4d7c8",
    c300="#86bca6",
    c400="#569c82",
    c500="#367f66",
    c600="#236650",
    c700="#1c5241",
    c800="#184235",
    c900="#13362b",
    c950="#0a211a",
)

ALIKE = {  # in the light theme and in the dark one
    "body_background_fill": "var(--page)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--soft-ink)",
    "background_fill_primary": "var(--paper)",
    "background_fill_secondary": "var(--sunk)",
    "border_color_primary": "var(--line)",
    "block_background_fill": "transparent",
    "block_border_width": "0px",
    "block_label_background_fill": "transparent",
    "block_label_border_width": "0px",
    "block_label_text_color": "var(--soft-ink)",
    "block_title_text_color": "var(--ink)",
    "block_info_text_color": "var(--soft-ink)",
    "input_border_color": "var(--line)",
    "input_border_color_focus": "var(--accent)",
    "checkbox_border_color": "var(--soft-ink)",
    "input_shadow_focus": "0 0 0 3px var(--halo)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-deep)",
    "button_primary_text_color": "var(--on-accent)",
    "button_secondary_border_color": "var(--line)",
    "slider_color": "var(--accent)",
}
APART = {  # in one of them, or without a colour
    "block_padding": "0px",
    "block_shadow": "none",
    "block_title_text_size": "14px",
    "block_title_text_weight": "600",
    "input_background_fill": "var(--paper)",
    "input_background_fill_dark": "var(--sunk)",
    "input_border_width": "1px",
    "input_padding": "10px 12px",
    "checkbox_border_radius": "5px",
    "input_shadow": "none",
    "button_secondary_background_fill": "var(--paper)",
    "button_secondary_background_fill_dark": "var(--sunk)",
    "button_border_width": "1px",
}


def theme() -> Base:
    """Plain fields on white cards, one accent colour."""
    base = Base(
        primary_hue=GREEN,
        secondary_hue=GREEN,
        neutral_hue="stone",
        font=FONTS,
        font_mono=MONO,
        radius_size=sizes.radius_lg,
        text_size=sizes.text_md,
    )
    return base.set(**{f"{name}{theme}": value for name, value in ALIKE.items() for theme in ("", "_dark")}, **APART)


def css() -> str:
    """The style sheet. Gradio's texts in drop zones and over messages are replaced by ours, in each language."""
    own = "".join(
        f':lang({code}) {place} {{ --own-text: "{locale.text(name, code)}"; }}\n'
        for code in locale.LANGUAGES
        for place, name in (
            (".drop", "DROP_LABEL"),
            ("#catalogue-drop", "CATALOGUE_DROP"),
            ("#other-drop", "OTHERS_DROP"),
            ("#mask-file", "MASK_FILE"),
            ("#backdrop", "BACKDROP_DROP"),
            ("#style", "STYLE_DROP"),
            (".toast-title.error", "UNEXPECTED_TITLE"),
            (".toast-title.warning", "WARNING_TITLE"),
        )
    )
    return own + (ASSETS / "style.css").read_text("utf-8")


def login() -> str:
    """The message on the login page, in HTML: the name, and a style sheet, for the page takes no other."""
    return f"ecomgen<style>{(ASSETS / 'login.css').read_text('utf-8')}</style>"


def head() -> str:
    """The page's own script; it is part of the page, nothing is fetched."""
    return "".join(f"<script>{script}</script>" for script in scripts())


def scripts() -> tuple[str, ...]:
    """The page's own scripts."""
    names = ("page", "gestures", "decisions", "choosing", "lightbox", "back")
    return tuple((ASSETS / f"{name}.js").read_text("utf-8") for name in names)
