"""People (người) and the positions that they hold in organs for periods; who may sign, and in which capacity.

A person exists once. A position is one role in one organ, with a title and a rank; who holds two picks the hat. The
signing capacity (TM., Q., KT., TL., TUQ.) follows from the position and from whose document it is: Decree
30/2020/NĐ-CP, article 13 and annex I. Only TUQ. is a written, time-limited delegation (``SigningDelegation``);
delegation of rights in this system is ``accounts.RightsDelegation``, another thing.
"""
