"""One conversation of three steps, written twice: a name is asked, a number is asked, both are confirmed."""
