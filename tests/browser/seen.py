"""What tests in a browser look at: sizes of its window, and the page of a full period."""

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FULL = "../2019H1/ru/report.html"  # as seen from the page of 2017H1
