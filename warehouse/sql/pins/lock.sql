-- Nobody pins what is just being forgotten; reading the pins goes on.
LOCK TABLE ops.pin IN EXCLUSIVE MODE;
