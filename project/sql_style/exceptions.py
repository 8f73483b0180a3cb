"""Errors that macros raise: while linting they have nothing to say."""


def raise_compiler_error(message):
    return ""
