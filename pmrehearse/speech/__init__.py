"""Sound to words: voice activity, engines, the worker process, checkpoints."""
