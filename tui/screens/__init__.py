"""The screens: what is chosen now, and which pane shows it. Every operation is the desk's."""
