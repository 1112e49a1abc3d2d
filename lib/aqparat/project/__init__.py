"""A project for another union: a folder with all that its reports are made from (`aqparat new`)."""
