"""The panes: each shows what it is given and says what the reader did; none knows where papers come from."""
