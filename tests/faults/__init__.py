"""Programs that are killed, disks that are full, files that are damaged: what the library must live through.

``python -m tests.faults`` runs the long form and prints its counts; pytest runs a short one.
"""
