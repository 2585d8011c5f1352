"""The draft of the program: shared, kept, never written over unseen."""
