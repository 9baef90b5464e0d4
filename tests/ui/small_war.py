"""Where things stand in the small war of these tests."""

COLS, ROWS = 16, 12
OWN, OTHER, TOWN = 5 * COLS + 4, 5 * COLS + 6, 5 * COLS + 8
