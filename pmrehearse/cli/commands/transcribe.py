"""`transcribe`: speech as text or subtitles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmrehearse.cleaning import clean_line
from pmrehearse.cli.answering import Outcome, command, wants_json
from pmrehearse.cli.inputs import STDIN, read_stdin, required_text
from pmrehearse.cli.invocation import Invocation
from pmrehearse.cli.jsontext import pages
from pmrehearse.cli.params import SoundOrTake
from pmrehearse.cli.recognising import narrated, required_options
from pmrehearse.cli.texts.transcript import paragraphs
from pmrehearse.cli.values import Verbatim
from pmrehearse.errors import NoSpeechError, UsageError
from pmrehearse.library.exports.subtitles import transcript_srt, transcript_vtt
from pmrehearse.library.jsonview import transcript_document
from pmrehearse.userfiles import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmrehearse.speech.segments import Transcript


def _json(transcript: Transcript) -> str:
    return pages(transcript_document(transcript)) + "\n"


FORMATS: dict[str, Callable[[Transcript], str]] = {
    "text": paragraphs,
    "srt": transcript_srt,
    "vtt": transcript_vtt,
    "json": _json,
}


@command("transcribe")
@click.argument("sound", type=SoundOrTake(), metavar="AUDIO|TAKE")
@click.option(
    "--format", "name", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="What to write."
)
@click.option("--checkpoint", metavar="NAME", help="The Whisper checkpoint to recognise with.")
@click.option(
    "--typed",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Recognise nothing: this text is what was said in the take.",
)
@click.pass_context
def transcribe(context: click.Context, *, sound: str, name: str, checkpoint: str | None, typed: Path | None) -> Outcome:
    """Turn speech into text or subtitles.

    AUDIO is a WAV, FLAC, OGG, Opus, MP3 or AIFF file, or M4A where ffmpeg is installed. A TAKE that waits for its
    transcript gets it, and can be shown afterwards; without a checkpoint, --typed gives it a text that you wrote down.
    """
    invocation = context.ensure_object(Invocation)
    if typed is not None:
        transcript = _typed(invocation, sound, typed)
    elif Path(sound).exists():
        transcript = _of_file(invocation, Path(sound), checkpoint)
    else:
        transcript = _of_take(invocation, sound, checkpoint)
    if not transcript.words:
        raise NoSpeechError(f"No speech was heard in {clean_line(sound)}.", "Listen to it: is it the right recording?")
    return Outcome(Verbatim(FORMATS["json" if wants_json(context) else name](transcript)))


def _of_file(invocation: Invocation, audio: Path, checkpoint: str | None) -> Transcript:
    program = invocation.program
    options = required_options(program, checkpoint, invocation.settings.values.checkpoint)
    with narrated(options, program) as on_progress:
        return invocation.transcribe(audio, options, on_progress)


def _of_take(invocation: Invocation, name: str, checkpoint: str | None) -> Transcript:
    program = invocation.program
    take_id = _resolved(invocation, name)
    options = required_options(program, checkpoint, invocation.settings.values.checkpoint)
    with narrated(options, program) as on_progress:
        program.reviewer.transcribe_take(take_id, options, on_progress)
    return program.reviewer.report(take_id).transcript


def _typed(invocation: Invocation, name: str, file: Path) -> Transcript:
    take_id = _resolved(invocation, name)
    text = required_text(read_stdin("what was said") if str(file) == STDIN else read_text(file))
    program = invocation.program
    program.reviewer.set_text(take_id, text)
    return program.reviewer.report(take_id).transcript


def _resolved(invocation: Invocation, name: str) -> str:
    try:
        return invocation.program.library.resolve(name)
    except UsageError as error:
        raise UsageError(f"There is no sound file and no take {clean_line(name, 200)!r}.", error.hint) from error
