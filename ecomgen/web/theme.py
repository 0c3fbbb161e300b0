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
    return base.set(
        body_background_fill="var(--page)",
        body_background_fill_dark="var(--page)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        body_text_color_subdued="var(--soft-ink)",
        body_text_color_subdued_dark="var(--soft-ink)",
        background_fill_primary="var(--paper)",
        background_fill_primary_dark="var(--paper)",
        background_fill_secondary="var(--sunk)",
        background_fill_secondary_dark="var(--sunk)",
        border_color_primary="var(--line)",
        border_color_primary_dark="var(--line)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_padding="0px",
        block_shadow="none",
        block_label_background_fill="transparent",
        block_label_background_fill_dark="transparent",
        block_label_border_width="0px",
        block_label_border_width_dark="0px",
        block_label_text_color="var(--soft-ink)",
        block_label_text_color_dark="var(--soft-ink)",
        block_title_text_color="var(--ink)",
        block_title_text_color_dark="var(--ink)",
        block_title_text_size="14px",
        block_title_text_weight="600",
        block_info_text_color="var(--soft-ink)",
        block_info_text_color_dark="var(--soft-ink)",
        input_background_fill="var(--paper)",
        input_background_fill_dark="var(--sunk)",
        input_border_color="var(--line)",
        input_border_color_dark="var(--line)",
        input_border_color_focus="var(--accent)",
        input_border_color_focus_dark="var(--accent)",
        input_border_width="1px",
        input_padding="10px 12px",
        checkbox_border_radius="5px",
        checkbox_border_color="var(--soft-ink)",
        checkbox_border_color_dark="var(--soft-ink)",
        input_shadow="none",
        input_shadow_focus="0 0 0 3px var(--halo)",
        input_shadow_focus_dark="0 0 0 3px var(--halo)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-deep)",
        button_primary_background_fill_hover_dark="var(--accent-deep)",
        button_primary_text_color="var(--on-accent)",
        button_primary_text_color_dark="var(--on-accent)",
        button_secondary_background_fill="var(--paper)",
        button_secondary_background_fill_dark="var(--sunk)",
        button_secondary_border_color="var(--line)",
        button_secondary_border_color_dark="var(--line)",
        button_border_width="1px",
        slider_color="var(--accent)",
        slider_color_dark="var(--accent)",
    )


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
    names = ("page", "decisions", "choosing", "lightbox")
    return tuple((ASSETS / f"{name}.js").read_text("utf-8") for name in names)
