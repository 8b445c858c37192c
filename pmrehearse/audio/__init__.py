"""Sound in and out: microphone, recorder, player, levels."""
