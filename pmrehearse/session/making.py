"""What does each thing that happens make of a session: the speaker's wishes, the recorder's and the recogniser's news?

Recording never waits: the recorder writes the file in its own process, the recogniser reads it in another, and what
goes wrong in one is told, while the other goes on. Everything here runs on one thread, the conductor's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmrehearse.audio import events as sound
from pmrehearse.audio.events import SAMPLE_RATE_HZ
from pmrehearse.errors import RehearsalError
from pmrehearse.library.take import TakeStatus
from pmrehearse.rehearsal import events as steps
from pmrehearse.rehearsal import run as runs
from pmrehearse.session import events as told
from pmrehearse.session.events import Stage
from pmrehearse.session.faults import moved, words_for
from pmrehearse.session.hearing import LEFT, NO_CHECKPOINT, Hearing
from pmrehearse.session.state import SessionState, cue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmrehearse.audio.events import RecorderEvent, SoundSource
    from pmrehearse.checking.findings import Findings
    from pmrehearse.rehearsal.events import EndReason, RunEvent
    from pmrehearse.rehearsal.run import Run
    from pmrehearse.scenario.model import Scenario
    from pmrehearse.session.events import SessionEvent
    from pmrehearse.session.ports import SessionPorts
    from pmrehearse.speech.events import SpeechEvent, SpeechOptions, WorkerFailed

RECORDER_RESTARTS = 3
"""How often a recorder that died during a take is started again."""
_LIVE = (Stage.RECORDING, Stage.PAUSED)


class TakeMaking:
    """One session's pieces and what they have come to.

    Attributes:
        state: All that is known at this moment; replaced, never changed.
    """

    def __init__(
        self,
        scenario: Scenario,
        ports: SessionPorts,
        options: SpeechOptions | None,
        tell: Callable[[SessionEvent], None],
        hear_sound: Callable[[RecorderEvent], None],
        hear_speech: Callable[[SpeechEvent], None],
        hear_judge: Callable[[Findings], None],
    ) -> None:
        """Make the pieces; nothing is opened yet.

        Args:
            scenario: What is rehearsed.
            ports: What the session needs of the world.
            options: How to recognise; None to record only.
            tell: Hears each thing worth telling.
            hear_sound: Listener for the recorder; it posts back to `hear_sound` on the conductor's thread.
            hear_speech: Listener for the recogniser, likewise.
            hear_judge: Listener for the learned judge, likewise.
        """
        self.state = SessionState(runs.Run(scenario))
        self._ports = ports
        self._options = options
        self._tell = tell
        self._recorder = ports.recorder(hear_sound)
        reading = ports.reading(scenario, hear_judge)
        self._hearing = Hearing(
            scenario, ports.transcriber(hear_speech), ports.checking(scenario), reading, ports.store, options
        )
        self._know(heard=self._hearing.heard)
        self._source: SoundSource | None = None
        self._begins = False
        self._paused_s = 0.0
        self._restarts = 0

    @property
    def is_saving(self) -> bool:
        """True while the end of the sound is on its way to the disk."""
        return self.state.stage is Stage.SAVING

    # ------------------------------------------------------------------ what the speaker wants

    def listen(self, source: SoundSource) -> None:
        """Open a source, so that its level shows."""
        if self.state.stage in (Stage.IDLE, Stage.LISTENING):
            self._know(problem="", hint="", sound=replace(self.state.sound, device="", troubles=()))
            self._source = source
            self._recorder.open(source)

    def warm(self) -> None:
        """Load the checkpoint."""
        self._hearing.warm()

    def begin(self) -> None:
        """Make the take's folder and record into it, at once or when the source is open."""
        self._begins = self.state.stage is Stage.IDLE
        if self.state.stage is not Stage.LISTENING:
            return
        self.warm()
        scenario, device = self.state.run.scenario, self.state.sound.device
        take = self._ports.store.create(scenario, device, self._options, self._ports.utc_now())
        self._know(take=take)
        self._reach(Stage.STARTING)
        self._recorder.record(self._ports.store.audio_path(take.id))

    def pause(self) -> None:
        """Stop the clock."""
        if self.state.stage is Stage.RECORDING:
            self._recorder.pause()
            self._paused_s = self._ports.clock.now_s()
            self._advance(steps.Pause())
            self._reach(Stage.PAUSED)

    def resume(self) -> None:
        """Let the clock run again."""
        if self.state.stage is Stage.PAUSED:
            self._recorder.resume()
            self._advance(steps.Resume(self._ports.clock.now_s() - self._paused_s))
            self._reach(Stage.RECORDING)
            self._save()

    def next_phase(self) -> None:
        """Begin the next phase."""
        if self.state.stage is Stage.RECORDING:
            self._advance(steps.NextPhase())

    def mark(self) -> None:
        """Mark this moment."""
        if self.state.stage in _LIVE:
            self._advance(steps.Mark())
            self._save()

    def finish(self) -> None:
        """End the take."""
        self._end(steps.EndReason.FINISHED)

    def interrupt(self) -> None:
        """End the take because the program ends."""
        self._end(steps.EndReason.INTERRUPTED)

    def leave(self) -> None:
        """Stop recognising a take whose sound is safe."""
        if self.state.stage is Stage.TRANSCRIBING:
            self._hearing.leave()
            self._wait_for_transcript(LEFT)

    def discard(self) -> None:
        """End the take and delete it."""
        take = self.state.take
        if take is not None:
            self._recorder.close()
            self._hearing.leave()
            self._ports.store.delete(take.id)
            self._know(take=None)
        self._reach(Stage.IDLE)

    def close(self) -> None:
        """End the recorder and the recogniser."""
        self._recorder.close()
        self._hearing.close()

    def tick(self) -> None:
        """Let time pass: cues come, the limit is reached."""
        if self.state.stage is Stage.RECORDING:
            self._advance(steps.Tick())

    def trouble(self, fault: Exception) -> None:
        """Tell that something failed which does not end the session; before a recording it does."""
        message, hint = words_for(fault)
        self._know(problem=message, hint=hint)
        if self.state.stage is Stage.STARTING or (self.state.stage is Stage.LISTENING and self.state.take is None):
            self._fail(message, hint, fault.exit_code if isinstance(fault, RehearsalError) else 3)
        else:
            self._tell(told.TroubleTold(message, hint))

    # ------------------------------------------------------------------ what the recorder tells

    def hear_sound(self, event: RecorderEvent) -> None:
        """Take in one event of the recorder."""
        known = self.state.sound
        match event:
            case sound.LevelHeard():
                self._know(sound=replace(known, level=event))
            case sound.SourceOpened(device=device):
                self._know(sound=replace(known, device=device))
                self._opened()
            case sound.TroubleBegan() | sound.TroubleEnded():
                self._keep_trouble(event)
            case sound.RecordingStarted():
                self._started(event)
            case sound.GapMarked():
                self._keep_gap(event)
            case sound.SourceEnded():
                self._end(steps.EndReason.SOURCE_ENDED)
            case sound.RecordingEnded():
                self._saved(event)
            case sound.RecorderFailed():
                self._recorder_failed(event)

    def _opened(self) -> None:
        if self.state.stage is Stage.IDLE:
            self._reach(Stage.LISTENING)
            if self._begins:
                self.begin()

    def _keep_trouble(self, event: sound.TroubleBegan | sound.TroubleEnded) -> None:
        known = self.state.sound
        others = tuple(trouble for trouble in known.troubles if trouble.kind is not event.kind)
        if isinstance(event, sound.TroubleBegan):
            self._know(sound=replace(known, troubles=(*others, event)))
            self._tell(told.TroubleTold(event.message, event.hint))
        else:
            self._know(sound=replace(known, troubles=others))

    def _started(self, event: sound.RecordingStarted) -> None:
        if self.state.stage is not Stage.STARTING:
            return  # a recorder that was started again goes on in the same take
        self._advance(steps.RecordingStarted())
        self._reach(Stage.RECORDING)
        self._hearing.follow(event.path)

    def _keep_gap(self, gap: sound.GapMarked) -> None:
        take = self.state.take
        if take is not None:
            self._know(take=replace(take, gaps=(*take.gaps, gap)))
            self._save()
            self._tell(
                told.TroubleTold(f"{gap.n_samples / SAMPLE_RATE_HZ:.1f} s of sound are missing: {gap.reason}", "")
            )

    def _recorder_failed(self, event: sound.RecorderFailed) -> None:
        take = self.state.take
        again = self._source is not None and self._restarts < RECORDER_RESTARTS
        if self.state.stage in _LIVE and take is not None and self._source is not None and again:
            self._restarts += 1
            self._recorder.open(self._source)
            self._tell(told.TroubleTold(event.message, "The recorder is started again; what was said is safe."))
            self._recorder.resume_into(self._ports.store.audio_path(take.id))
        elif self.state.stage in (*_LIVE, Stage.SAVING) and take is not None:
            self._tell(told.TroubleTold(event.message, event.hint))
            if self.state.run.stage is not runs.RunStage.ENDED:
                self._advance(steps.End(steps.EndReason.INTERRUPTED))
            self._saved(sound.RecordingEnded(self._ports.store.audio_path(take.id), self.state.sound.level.n_samples))
        elif take is not None and self.state.stage is Stage.STARTING:
            self._ports.store.delete(take.id)
            self._know(take=None)
            self._fail(event.message, event.hint, event.exit_code)
        elif self.state.stage in (Stage.IDLE, Stage.LISTENING):
            self._fail(event.message, event.hint, event.exit_code)

    # ------------------------------------------------------------------ the end of the sound

    def _end(self, reason: EndReason) -> None:
        if self.state.stage is Stage.STARTING and self.state.take is not None:
            self.discard()
        elif self.state.stage in _LIVE:
            self._advance(steps.End(reason))

    def _stop(self) -> None:
        self._reach(Stage.SAVING)
        self._recorder.stop()

    def _saved(self, event: sound.RecordingEnded) -> None:
        take = self.state.take
        if take is None or self.state.stage not in (*_LIVE, Stage.SAVING):
            return
        if self.state.run.stage is not runs.RunStage.ENDED:
            self._know(run=runs.advance(self.state.run, self._clock_s(), steps.End(steps.EndReason.INTERRUPTED)))
        ended = self.state.run.ended or steps.EndReason.INTERRUPTED
        kept = replace(take, status=TakeStatus.RECORDED, n_samples=event.n_samples, ended=ended.value)
        self._know(take=replace(kept, log=self.state.log(event.n_samples)))
        self._recorder.close()
        refused = self._save_at_last(take.id, event.path)
        self._reach(Stage.TRANSCRIBING)
        if refused is not None:
            self._hearing.leave()
            self._wait(refused)
        elif not self._hearing.finish(event.n_samples):
            self._wait_for_transcript(self.state.heard.fault or NO_CHECKPOINT)

    def _save_at_last(self, take_id: str, path: Path) -> told.TakeWaits | None:
        """Keep the take as it is at the stop; why it waits when its disk took no more, else None.

        Args:
            take_id: The take.
            path: Where the recorder has put the sound: elsewhere, when the library's disk took no more.
        """
        refused = None
        if path != self._ports.store.audio_path(take_id):
            refused = told.TakeWaits(take_id, *moved(path))
            self._tell(told.TroubleTold(refused.message, refused.hint))
        try:
            self._save()
        except (RehearsalError, OSError) as fault:  # the next start finishes it: its sound is safe
            return refused or told.TakeWaits(take_id, *words_for(fault))
        return refused

    # ------------------------------------------------------------------ what the recogniser tells

    def hear_speech(self, event: SpeechEvent) -> None:
        """Take in one event of the recogniser."""
        news = self._hearing.take_in(event, self.state.take.id if self.state.take else "")
        heard = self._hearing.heard
        self._know(heard=heard)
        for one in news:
            self._tell(one)
        if self.state.stage in _LIVE and heard.findings is not None:
            self._advance(steps.FlagsHeld(heard.flags_held))
        if self.state.stage is Stage.TRANSCRIBING and heard.fault is not None:
            self._wait_for_transcript(heard.fault)
        elif heard.finished:
            self._transcribed()

    def hear_judge(self, read: Findings) -> None:
        """Take in what the learned judge found."""
        news = self._hearing.take_in_read(read)
        self._know(heard=self._hearing.heard)
        for one in news:
            self._tell(one)

    def _transcribed(self) -> None:
        take = self.state.take
        if take is None or self.state.stage is not Stage.TRANSCRIBING:
            return
        ready = self.state.heard.ready
        self._know(take=replace(take, status=TakeStatus.TRANSCRIBED, options=ready.options if ready else take.options))
        self._save()
        self._reach(Stage.DONE)
        self._tell(told.TakeReady(take.id))

    def _wait_for_transcript(self, fault: WorkerFailed) -> None:
        if self.state.take is not None:
            self._wait(told.TakeWaits(self.state.take.id, fault.message, fault.hint, fault.exit_code))

    def _wait(self, why: told.TakeWaits) -> None:
        self._know(problem=why.message, hint=why.hint)
        self._reach(Stage.WAITING)
        self._tell(why)

    # ------------------------------------------------------------------ the state

    def _clock_s(self) -> float:
        return self.state.clock_s(self._ports.clock.now_s())

    def _advance(self, event: RunEvent) -> None:
        before = self.state.run
        after = runs.advance(before, self._clock_s(), event)
        self._know(run=after)
        self._tell_of(before, after)
        if after.stage is runs.RunStage.ENDED and before.stage is not runs.RunStage.ENDED:
            self._stop()

    def _tell_of(self, before: Run, after: Run) -> None:
        phases = after.log.phases[len(before.log.phases) :]
        cards = runs.new_cues(before, after)
        for phase in phases:
            self._tell(told.PhaseBegan(phase.phase_id, phase.at_sample / SAMPLE_RATE_HZ))
        for card in cards:
            self._tell(told.CueRaised(cue_of(card), card.at_sample / SAMPLE_RATE_HZ))
        if phases or cards:
            self._save()

    def _save(self) -> None:
        take = self.state.take
        if take is not None:
            take = replace(take, log=self.state.log(take.n_samples) if take.n_samples else self.state.run.log)
            self._know(take=take)
            self._ports.store.save(take)

    def _know(self, **news: object) -> None:
        self.state = replace(self.state, **news)  # type: ignore[arg-type]  # names and types are those of SessionState

    def _reach(self, stage: Stage) -> None:
        self._know(stage=stage)
        self._tell(told.StageReached(stage))

    def _fail(self, message: str, hint: str, exit_code: int) -> None:
        self._know(problem=message, hint=hint, stage=Stage.FAILED if self.state.take else Stage.IDLE)
        self._tell(told.SessionFailed(message, hint, exit_code))
