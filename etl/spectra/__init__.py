"""What an instrument's file says: the points of a spectrum in Hz and ohm, with temperature and geometry where they
are named.

Nothing that was not understood lands: a file is read wholly, or refused with the line and the reason.
"""
