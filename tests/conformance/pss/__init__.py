"""Pod Security Standards: is a pod refused, and by which control?"""
