"""The queues of a working day: what waits, who takes care of it, what is put off until when."""
