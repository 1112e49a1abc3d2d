"""What can be chosen on the command line and in a publication: languages and formats, by their codes."""

LANGUAGES = ("kk", "ru", "en")  # each has a class in words/languages.py and a folder in texts/
FORMATS = ("html", "pdf")
