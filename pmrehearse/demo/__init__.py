"""What stands behind `pmrehearse demo`: two spoken answers and a voice that knows only them."""
