"""Which commands are there?"""

from __future__ import annotations

from pathlib import Path

import click

from pmrehearse import __version__
from pmrehearse.cli.invocation import Invocation, ScreenStart
from pmrehearse.cli.lazy import Entry, LazyGroup, Section

SECTIONS = (
    Section(
        "Rehearse",
        (
            Entry("demo", "demo:demo", "Watch a bundled spoken answer go the whole way."),
            Entry("rehearse", "rehearse:rehearse", "Rehearse a scenario aloud."),
            Entry("review", "review:review", "Make a take of an existing recording or transcript and review it."),
            Entry("check", "check:check", "Mark a written answer."),
            Entry("transcribe", "transcribe:transcribe", "Turn speech into text or subtitles."),
        ),
    ),
    Section(
        "Practise",
        (
            Entry("plan", "plan:plan", "Lay out the rehearsals of a loop up to the interview."),
            Entry("round", "round:round_", "Rehearse a round of a loop, with a debrief at the end."),
            Entry("due", "due:due", "List the elements that should be said again now."),
            Entry("drill", "drill:drill", "Say one element alone, again and again."),
            Entry("trends", "trends:trends", "Show how scenarios and elements went over the takes."),
        ),
    ),
    Section(
        "Look back",
        (
            Entry("takes", "takes:takes", "List the takes, newest first."),
            Entry("show", "takes:show", "Show the report of a take."),
            Entry("play", "play:play", "Play a take, or one piece of evidence."),
            Entry("correct", "correct:correct", "Correct words that were misheard; the take is marked again."),
            Entry("overrule", "correct:overrule", 'Overrule a verdict: "I did say this" (met), "I did not" (missing).'),
            Entry("note", "correct:note", "Note something on a take; without TEXT, list its notes."),
            Entry(
                "guess", "correct:guess", "Keep which elements you think you met, and compare that with the verdicts."
            ),
            Entry(
                "compare",
                "compare:compare",
                "Compare two takes of a scenario: elements, phases, pace, what was gained and lost.",
            ),
            Entry("search", "search:search", "Find what was said, in all takes."),
            Entry("export", "export:export", "Write a take as Markdown, JSON, subtitles, text or a web page."),
            Entry("rename", "takes:rename", "Give a take a name of its own."),
            Entry("tag", "takes:tag", "Give a take tags, or take them away."),
            Entry("delete", "takes:delete", "Delete a take with its sound."),
            Entry("library", "library:library", "Rebuild, verify, pack and back up the takes."),
        ),
    ),
    Section(
        "Scenarios",
        (
            Entry("scenario", "scenario:scenario", "List, show, check and begin scenarios."),
            Entry("evaluate", "evaluate:evaluate", "Measure the checks against labelled answers."),
        ),
    ),
    Section(
        "This computer",
        (
            Entry("doctor", "doctor:doctor", "Find out what works here and what to do about the rest."),
            Entry("devices", "devices:devices", "List the microphones."),
            Entry("model", "model:model", "List, fetch, import and remove Whisper checkpoints."),
            Entry("config", "config:config", "Show, check and change the settings."),
            Entry("paths", "paths:paths", "Say where everything stands."),
            Entry("completion", "completion:completion", "Print the completion script for a shell."),
        ),
    ),
)

EPILOG = """\
Without a command the program opens on the screen. Answers go to stdout, narration to stderr.

Exit codes: 0 done; 1 the answer falls short (an element is missing or a flag is raised), or nothing was said;
2 wrong usage or a bad file; 3 this computer lacks something, or the program broke; 130 interrupted.
"""


@click.group(
    cls=LazyGroup,
    sections=SECTIONS,
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep takes in this folder (else PMREHEARSE_LIBRARY, else the usual place).",
)
@click.version_option(__version__, message="pmrehearse %(version)s")
@click.pass_context
def cli(context: click.Context, library: Path | None) -> None:
    """Rehearse spoken product-manager interviews on this computer."""
    invocation = context.ensure_object(Invocation)
    invocation.library = library
    if context.invoked_subcommand is None:
        context.exit(invocation.screens(lambda: invocation.program, ScreenStart()))
