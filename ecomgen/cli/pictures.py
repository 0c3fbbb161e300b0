"""generate, cutout, check, score."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecomgen.cli.captions import AttributeChoices, LanguageChoices, WordsChoice, words_request
from ecomgen.cli.captions import tell as tell_words
from ecomgen.cli.options import (
    BoxChoice,
    FramingOption,
    HarmoniseOption,
    InitOption,
    Json,
    Masker,
    MaskerChoice,
    ModeOption,
    Narrator,
    Photos,
    PointChoices,
    Product,
    print_json,
    read_size,
    read_threshold,
    tell_if_slow,
)
from ecomgen.errors import BadInput, NothingPassed

if TYPE_CHECKING:
    from ecomgen.request import Request
    from ecomgen.workflows.cutouts import CutoutFile

MARKS = {"ok": "✓", "warn": "!", "fail": "✗"}


def generate(
    context: typer.Context,
    photos: Annotated[
        list[Path], typer.Argument(metavar="PHOTO...", help="Photos of one product; with --from they may be left out.")
    ] = [],  # noqa: B006
    prompt: Annotated[str, typer.Option(help='The scene, for example "on a wooden table by a window".')] = "",
    negative_prompt: Annotated[str, typer.Option(help="What must not be in the picture (diffusion only).")] = "",
    pipeline: Annotated[str, typer.Option(help='auto, or a name from "ecomgen pipelines list".')] = "auto",
    product: Product = "",
    masker: MaskerChoice = Masker.AUTO,
    box: BoxChoice = None,
    point: PointChoices = None,
    mask: Annotated[Path | None, typer.Option(help="A mask made elsewhere; white is the product.")] = None,
    mask_candidate: Annotated[int, typer.Option(help="Which of the mask candidates; 0 is the best.")] = 0,
    mode: Annotated[
        ModeOption, typer.Option(help="keep the product, replace it, or redraw the whole picture.")
    ] = ModeOption.KEEP,
    count: Annotated[int, typer.Option(help="How many pictures to make.")] = 4,
    keep: Annotated[int | None, typer.Option(help="Keep this many; makes up to 3 × count to find them.")] = None,
    threshold: Annotated[
        Any,
        typer.Option(
            parser=read_threshold,
            metavar="X|strict|normal|lenient",
            help="The least identity of a picture that is kept; 0 filters nothing.",
        ),
    ] = "normal",
    seed: Annotated[int | None, typer.Option(help="The first picture's seed; the next has one more.")] = None,
    size: Annotated[
        Any, typer.Option(parser=read_size, metavar="WxH", help="The picture's size; 64 to 8192 a side.")
    ] = None,
    channel: Annotated[str | None, typer.Option(help='A name from "ecomgen channels list".')] = None,
    steps: Annotated[int | None, typer.Option(help="Diffusion steps, or the studio's samples per pixel.")] = None,
    guidance_scale: Annotated[float | None, typer.Option(help="How closely diffusion follows the prompt.")] = None,
    strength: Annotated[float | None, typer.Option(help="How much of the first image diffusion repaints.")] = None,
    init: Annotated[InitOption | None, typer.Option(help="What diffusion starts from; auto is a plain corner.")] = None,
    framing: Annotated[
        FramingOption | None,
        typer.Option(help="How diffusion makes a canvas of another size: whole, the missing part only, or in windows."),
    ] = None,
    mask_grow: Annotated[
        int | None, typer.Option(help="Latent cells by which the painted region reaches into what is kept.")
    ] = None,
    mask_feather: Annotated[int | None, typer.Option(help="Latent cells over which painted fades into kept.")] = None,
    border_strength: Annotated[
        float | None, typer.Option(help="A second pass over the product's border, at this strength; 0 is none.")
    ] = None,
    reference_scale: Annotated[
        float | None, typer.Option(help="How much the photos count beside the prompt (recipes with an IP-Adapter).")
    ] = None,
    control_scale: Annotated[
        float | None, typer.Option(help="How closely the product's outline is followed (recipes with a ControlNet).")
    ] = None,
    compiled: Annotated[
        bool | None, typer.Option("--compile", help="Compile the network first: minutes once, then faster steps.")
    ] = None,
    camera_elevation: Annotated[
        float | None,
        typer.Option(help="How steeply the camera looks down, in degrees; by default read from the photos."),
    ] = None,
    harmonise: Annotated[
        HarmoniseOption,
        typer.Option(help="Bring the scene into the product's light, or (changing the product) the other way round."),
    ] = HarmoniseOption.OFF,
    contact_shadow: Annotated[
        bool, typer.Option("--contact-shadow", help="Lay a soft shadow under the product where the scene has none.")
    ] = False,
    scene_from: Annotated[
        str, typer.Option(metavar="RUN", help="Keep the set, camera and light of this run: its id or its folder.")
    ] = "",
    from_picture: Annotated[
        Path | None,
        typer.Option("--from", help="Make this finished picture again; options given besides replace its own."),
    ] = None,
    words: WordsChoice = "",
    language: LanguageChoices = [],  # noqa: B006
    attribute: AttributeChoices = [],  # noqa: B006
    out: Annotated[Path | None, typer.Option(help="The run folder; by default one in ECOMGEN_HOME/runs.")] = None,
    as_json: Json = False,
) -> None:
    """Make pictures of a product in the scene that the prompt describes."""
    from ecomgen.generation import generate as make
    from ecomgen.request import Request

    if not photos and not from_picture:
        raise typer.BadParameter("Give at least one photo of the product.", param_hint="PHOTO...")
    if not _is_given(context, "prompt") and not scene_from and not from_picture:
        raise typer.BadParameter("Describe the scene, or name a run with --scene-from.", param_hint="--prompt")

    asked: dict[str, Any] = {
        "prompt": prompt,
        "negative_prompt": negative_prompt,
        "pipeline": pipeline,
        "product": product,
        "masker": masker.value,
        "box": box,
        "points": tuple(point or ()),
        "mask": mask,
        "chosen": mask_candidate,
        "mode": mode.value,
        "count": count,
        "keep": keep,
        "threshold": threshold,
        "seed": seed,
        "size": size,
        "channel": channel,
        "steps": steps,
        "guidance_scale": guidance_scale,
        "strength": strength,
        "init": init and init.value,
        "framing": framing and framing.value,
        "mask_grow": mask_grow,
        "mask_feather": mask_feather,
        "border_strength": border_strength,
        "reference_scale": reference_scale,
        "control_scale": control_scale,
        "compile": compiled,
        "camera_elevation": camera_elevation,
        "harmonise": harmonise.value,
        "contact_shadow": contact_shadow,
        "scene_from": scene_from,
        "words": words_request(words, language, attribute),
        "out": out,
    }
    if from_picture:
        request = _reread(from_picture, photos, {name: asked[name] for name in asked if _is_given(context, name)})
    else:
        request = Request(photos=tuple(photos), **asked)
    tell_if_slow(request.pipeline)
    narrator = Narrator()
    run = make(request, narrator)
    narrator.done()
    print_json(run.record) if as_json else _tell(run.record, run.folder)
    if not run.kept:
        raise NothingPassed("No picture passed the filter: lower --threshold, or improve the photos or the mask.")


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(
        {"chosen": "mask_candidate", "points": "point", "compile": "compiled"}.get(name, name)
    )
    return source is not None and source.name == "COMMANDLINE"


def _reread(picture: Path, photos: Sequence[Path], given: dict[str, Any]) -> Request:
    """The request that a picture came from; what of it has no counterpart here is said."""
    from ecomgen.workflows.request_from_picture import reread

    result = reread(picture, photos, given)
    for note in result.notes:
        typer.echo(f"Note: {note}", err=True)
    return result.request


def _tell(record: dict[str, Any], folder: Path) -> None:
    for note in record["notes"]:
        typer.echo(f"Note: {note}")
    if record["ignored"]:
        typer.echo(f"Not understood: {', '.join(record['ignored'])}")
    for entry in sorted(record["candidates"], key=lambda entry: -(entry["scores"]["overall"] or 0)):
        figures = "  ".join(f"{name} {value:.2f}" for name, value in entry["scores"].items() if value is not None)
        reason = f"  ({entry['reasons'][0]})" if entry["reasons"] else ""
        typer.echo(f"{entry['status']:8}  {entry['path']}  {figures}{reason}")
    tell_words(record.get("words", []))
    typer.echo(f"{record['run_id']}: {folder}")


def cutout(
    photos: Photos,
    out: Annotated[Path, typer.Option(help="The folder for the cut-outs.")],
    product: Product = "",
    masker: MaskerChoice = Masker.AUTO,
    box: BoxChoice = None,
    point: PointChoices = None,
    background: Annotated[
        str,
        typer.Option(
            help="transparent, white, black, grey, studio, gradient, blue, sky, green, sage, pink-white, rose-white, "
            "peach, sand, lavender, terracotta, charcoal, #RRGGBB or an image file."
        ),
    ] = "transparent",
    shadow: Annotated[bool, typer.Option("--shadow", help="Lay a soft contact shadow under the product.")] = False,
    fill: Annotated[
        bool, typer.Option("--fill/--no-fill", help="Fill pinholes and holes that are no openings.")
    ] = True,
    edge_hardness: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="0 keeps every hair, 1 is one sharp line; by default it is measured."),
    ] = None,
    edge_shift: Annotated[
        float, typer.Option(min=-50, max=50, help="Grow the cut-out by so many pixels; shrink it where negative.")
    ] = 0.0,
    as_json: Json = False,
) -> None:
    """Cut the product out of each photo or folder of photos, with a soft edge, at full size."""
    from ecomgen.export import write_atomically
    from ecomgen.types import Edge, MaskRequest
    from ecomgen.workflows.cutouts import cutout as cut

    narrator = Narrator()
    request = MaskRequest(masker=masker.value, product=product, box=box, points=tuple(point or ()), fill=fill)
    failed: list[tuple[Path, BadInput]] = []
    made = cut(
        photos,
        out,
        request=request,
        background=background,
        shadow=shadow,
        edge=Edge(hardness=edge_hardness, shift=edge_shift),
        report=narrator,
        on_failure=lambda photo, error: failed.append((photo, error)),
    )
    narrator.done()
    if failed and not made:
        raise failed[0][1]
    report = {
        "photos": [one.entry for one in made],
        "failed": [{"path": str(photo.absolute()), "reason": str(error)} for photo, error in failed],
    }
    write_atomically(out / "report.json", json.dumps(report, indent=2, ensure_ascii=False).encode("utf-8"))
    print_json(report) if as_json else _tell_cutouts(made, failed)
    if failed:
        raise BadInput(f"{len(failed)} of {len(made) + len(failed)} photos failed: report.json says why.")


def _tell_cutouts(made: Sequence[CutoutFile], failed: Sequence[tuple[Path, BadInput]]) -> None:
    for one in made:
        typer.echo(f"{one.file}  {one.masker}, confidence {one.confidence:.2f}")
        for warning in one.warnings:
            typer.echo(f"  {warning}")
    for photo, error in failed:
        typer.echo(f"✗ {photo.name}: {error}")


def check(
    photos: Photos,
    product: Product = "",
    masker: MaskerChoice = Masker.AUTO,
    box: BoxChoice = None,
    point: PointChoices = None,
    as_json: Json = False,
) -> None:
    """Tell whether photos are good enough: light, sharpness, size, framing, background."""
    from ecomgen.export.record import check_entries
    from ecomgen.types import MaskRequest
    from ecomgen.workflows.preparation import check as examine

    request = MaskRequest(masker=masker.value, product=product, box=box, points=tuple(point or ()))
    examined = [examine(photo, request) for photo in photos]
    if as_json:
        print_json({"photos": [{"path": str(one.path), "checks": check_entries(one.checks)} for one in examined]})
        return
    for one in examined:
        typer.echo(f"{one.path.name}  {one.width}×{one.height}")
        for result in one.checks:
            figure = "" if result.value is None else f" ({result.value:g})"
            typer.echo(f"  {MARKS[result.verdict]} {result.name}{figure}: {result.advice}")


def score(
    pictures: Annotated[list[Path], typer.Argument(metavar="PICTURE...", help="Finished pictures.")],
    reference: Annotated[list[Path], typer.Option(help="A photo of the product; repeat it for more.")],
    prompt: Annotated[str, typer.Option(help="The prompt, to score how well the picture follows it.")] = "",
    product: Product = "",
    threshold: Annotated[
        Any,
        typer.Option(
            parser=read_threshold,
            metavar="X|strict|normal|lenient",
            help="The least identity; below it a reason is given.",
        ),
    ] = "normal",
    heat: Annotated[Path | None, typer.Option(help="A folder for pictures of where each one differs.")] = None,
    as_json: Json = False,
) -> None:
    """Tell whether pictures still show the product of the reference photos."""
    from ecomgen.workflows.evaluation import score as judge

    narrator = Narrator()
    entries = judge(
        pictures, reference, prompt=prompt, product=product, threshold=threshold, heat=heat, report=narrator
    )
    narrator.done()
    if as_json:
        print_json({"pictures": entries})
        return
    for entry in entries:
        names = ("identity", "extension", "adherence", "quality", "overall")
        figures = "  ".join(f"{name} {entry[name]:.2f}" for name in names if entry[name] is not None)
        typer.echo(f"{Path(entry['path']).name}  {figures}")
        for line in [*entry["reasons"], *(f"{name}: {why}" for name, why in entry["unavailable"].items())]:
            typer.echo(f"  {line}")
