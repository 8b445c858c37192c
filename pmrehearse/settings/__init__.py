"""What has the user set, where did they say so, and what counts?"""
