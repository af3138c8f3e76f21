"""Mutation testing of the parts that must not be wrong: ``python -m tests.mutation --help`` says how."""
