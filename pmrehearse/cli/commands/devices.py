"""`devices`: the microphones."""

from __future__ import annotations

from pmrehearse.cli.answering import Outcome, command
from pmrehearse.cli.invocation import Invocation, pass_invocation
from pmrehearse.cli.machine_values import DeviceList
from pmrehearse.errors import MicrophoneError


@command("devices")
@pass_invocation
def devices(invocation: Invocation) -> Outcome:
    """List the microphones.

    Their names are what `pmrehearse rehearse --device` takes.
    """
    found = invocation.program.devices()
    if not found:
        raise MicrophoneError(
            "There is no microphone.", "Connect one, or rehearse with `--audio FILE`; written answers need none."
        )
    return Outcome(DeviceList(tuple((device.name, device.is_default) for device in found)))
