"""Files in, observations out: schemas, intake, preparation, codebook."""
