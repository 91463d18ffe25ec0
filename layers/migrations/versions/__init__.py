"""The revisions in order, `vNNNN_<what it does>.py`. A revision that was released is never edited."""
